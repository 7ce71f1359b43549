using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Chooses the wrinkles of one picture: which regions, whose courses, how wide and deep, by age and chance.
/// </summary>
internal sealed class WrinklePlan
{
    // How many masks are looked at; each region takes the one whose lines fit the age best.
    private const int Donors = 7;

    // Courses of real wrinkles win over made-up ones this often, where there are some.
    private const float RealShare = 0.8f;

    // FFHQ's faces have an eye distance of 250 pixels; widths below are what manual masks and valleys measure there.
    private const float Pixel = 1 / 250f;

    private readonly List<PlannedLine> _lines = [];
    private readonly WrinklePaintOptions _options;
    private readonly WrinkleCurves? _curves;
    private readonly int _seed;
    private readonly float _leastWidth;

    private WrinklePlan(int seed, WrinklePaintOptions options, WrinkleCurves? curves, float leastWidth) =>
        (_seed, _options, _curves, _leastWidth) = (seed, options, curves, leastWidth);

    /// <summary>The wrinkles of one picture.</summary>
    /// <param name="seed">Chooses everything that the options leave open.</param>
    /// <param name="options">Age, strength, regions.</param>
    /// <param name="curves">Courses of real wrinkles, or null.</param>
    /// <param name="leastWidth">In eye distances: what the photo's pixels and blur can show.</param>
    public static IReadOnlyList<PlannedLine> Create(
        int seed, WrinklePaintOptions options, WrinkleCurves? curves, float leastWidth)
    {
        var plan = new WrinklePlan(seed, options, curves, leastWidth);
        var random = new SeededRandom(seed, SeededRandom.Stream.Person);
        var drawnAge = random.Range(45, 85);
        var age = options.Age ?? drawnAge;
        var donors = Enumerable.Range(0, Donors).Select(_ => curves is null ? 0 : random.Below(curves.Count)).ToArray();
        foreach (var region in Enum.GetValues<WrinkleRegion>())
            if (options.Regions.Contains(region))
                plan.Region(region, age, donors);
        return plan._lines;
    }

    // A region has its own sequence of numbers: leaving one out changes no other.
    private void Region(WrinkleRegion region, float age, int[] donors)
    {
        var random = new SeededRandom(_seed ^ ((int)region * 0x51ED270B), SeededRandom.Stream.Wrinkles);
        var amount = RegionAging.For(region).AmountAt(age + random.Range(-9, 9));
        if (amount < 0.06f)
            return;
        var real = _curves is not null && random.Chance(RealShare);
        // Annotators draw a few of the many lines beside an eye; made-up ones fill the fan.
        var fromDonor = real && FromDonor(region, amount, donors, ref random);
        if (!fromDonor || (region == WrinkleRegion.CrowsFeet && random.Chance(0.5f)))
            foreach (var course in WrinkleFamilies.Create(region, amount, ref random))
                Add(region, course, amount, PlannedLine.Family, ref random);
    }

    private bool FromDonor(WrinkleRegion region, float amount, int[] donors, ref SeededRandom random)
    {
        var choices =
            donors
                .Distinct()
                .Select(
                    donor => (Donor: donor, Curves: _curves!.Curves(donor).Where(curve => curve.Region == region).ToList()))
                    .Where(choice => choice.Curves.Count > 0)
                    .OrderBy(choice => choice.Curves.Sum(curve => curve.Length))
                    .ThenBy(choice => choice.Donor)
                    .ToList();
        if (choices.Count == 0)
            return false;
        var (donor, curves) = choices[Math.Min((int)(MathF.Pow(amount, 0.4f) * choices.Count), choices.Count - 1)];
        var mirror = random.Chance(0.5f) ? -1 : 1;
        var (shift, grow) =
            (new Vector2(random.Range(-0.012f, 0.012f), random.Range(-0.015f, 0.015f)), random.Range(0.95f, 1.05f));
        var keep = Curves.Mix(0.6f, 1, Math.Clamp(amount * 2, 0, 1));
        foreach (var curve in curves)
            if (random.Chance(keep))
                Add(region, Array.ConvertAll(
                    curve.Points,
                    point => (new Vector2(point.X * mirror, point.Y) * grow) + shift),
                        amount, _curves!.NameOf(donor), ref random);
        return true;
    }

    private void Add(WrinkleRegion region, Vector2[] course, float amount, string source, ref SeededRandom random)
    {
        var (thin, wide) = Widths(region);
        // Most lines of a face are shallow, a few are deep, and short ones are never among those.
        var vigor = Curves.Mix(0.36f, 1.2f, MathF.Pow(random.Unit(), 2)) * Curves.Mix(0.6f, 1, Math.Clamp(amount, 0, 1))
            * Curves.Mix(0.5f, 1, Curves.Step(0.2f, 1, LengthOf(course) / UsualLength(region)));
        var width = Pixel * Curves.Mix(thin, wide, Math.Clamp(vigor * random.Range(0.7f, 1.2f), 0, 1));
        var depth = DepthOf(region) * vigor * _options.Strength;
        var overhang = region == WrinkleRegion.Nasolabial
            ? 0.026f + (0.03f * vigor)
            : region == WrinkleRegion.Marionette ? 0.01f + (0.015f * vigor) : 0;
        Add(region, course, width, depth, overhang, source, ref random);
        if (region is WrinkleRegion.CrowsFeet or WrinkleRegion.UnderEye or WrinkleRegion.Forehead
            && random.Chance(0.6f * amount)
            && course.Length > 4)
            Add(region, ParallelCurve(course, ref random), width
                * 0.65f, depth * random.Range(0.3f, 0.6f), 0, source, ref random);
    }

    private void Add(
        WrinkleRegion region, Vector2[] course, float width, float depth, float overhang, string source,
        ref SeededRandom random)
    {
        var noise = (int)(random.Next() & 0xFFFF);
        // No annotator follows every tremble of a line.
        const float Wobble = 0.006f, Frequency = 7;
        var points = Array.ConvertAll(
            course,
            p => p + (Wobble
                * new Vector2(
                    Noise.At(p.X * Frequency, p.Y * Frequency, noise + 11),
                    Noise.At(p.X * Frequency, p.Y * Frequency, noise + 12))));
        var breaks = region switch { WrinkleRegion.Nasolabial => 0.1f, WrinkleRegion.Forehead => 0.3f, _ => 0.2f };
        var line = new WrinkleLine(
            region, Curves.Spline(points, 4), MathF.Max(width, _leastWidth), MathF.Min(depth, 1), noise,
            breaks) { Overhang = overhang, Fading = 0.6f };
        _lines.Add(new PlannedLine(line, source));
    }

    // A fine line beside a coarse one, along a part of it.
    private static Vector2[] ParallelCurve(Vector2[] course, ref SeededRandom random)
    {
        var from = random.Below(course.Length / 2);
        var to = Math.Min(course.Length, from + 3 + random.Below(course.Length / 2));
        var along = course[^1] - course[0];
        var across = along.LengthSquared() > 1e-6f ? Vector2.Normalize(new Vector2(-along.Y, along.X)) : Vector2.UnitY;
        var aside = across * random.Range(0.025f, 0.055f) * (random.Chance(0.5f) ? 1 : -1);
        var (near, far) = (random.Range(0.7f, 1.2f), random.Range(0.7f, 1.2f));
        return [.. Enumerable.Range(from, to - from)
            .Select(i => course[i] + (aside * Curves.Mix(near, far, (float)(i - from) / Math.Max(1, to - from - 1))))];
    }

    private static float LengthOf(Vector2[] course) => course.Skip(1).Zip(course, Vector2.Distance).Sum();

    // Narrowest and widest visible valley in pixels of an FFHQ face.
    private static (float Thin, float Wide) Widths(WrinkleRegion region) => region switch
    {
        WrinkleRegion.Nasolabial => (5f, 10f),
        WrinkleRegion.Marionette => (3.5f, 8f),
        WrinkleRegion.Forehead => (2.6f, 7f),
        WrinkleRegion.Glabella => (2.4f, 5.5f),
        WrinkleRegion.Perioral => (2.2f, 4.5f),
        _ => (2.4f, 6.0f),
    };

    // A long line of the region, in eye distances.
    private static float UsualLength(WrinkleRegion region) => region switch
    {
        WrinkleRegion.CrowsFeet => 0.25f,
        WrinkleRegion.UnderEye => 0.35f,
        WrinkleRegion.Perioral => 0.15f,
        WrinkleRegion.Glabella => 0.3f,
        _ => 0.5f,
    };

    private static float DepthOf(WrinkleRegion region) => region switch
    {
        // These are edges of hanging tissue more than grooves: their shade comes from the fold.
        WrinkleRegion.Nasolabial => 0.38f,
        WrinkleRegion.Marionette => 0.5f,
        WrinkleRegion.UnderEye => 1.2f,
        WrinkleRegion.CrowsFeet => 1.4f,
        WrinkleRegion.Glabella => 0.9f,
        _ => 1.15f,
    };
}

/// <summary>A wrinkle that is to be painted.</summary>
/// <param name="Line">In face coordinates.</param>
/// <param name="Source">Whose course it has: the name of a mask, or <c>family</c>.</param>
internal sealed record PlannedLine(WrinkleLine Line, string Source)
{
    public const string Family = "family";
}
