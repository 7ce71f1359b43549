using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Lays out a person's wrinkles: which lines, where, how wide and deep, by age and chance.</summary>
internal sealed class WrinkleLines
{
    // A pixel at the usual size of a face: an eye distance of 180 pixels.
    private const float Pixel = 1 / 180f;

    private readonly List<WrinkleLine> _lines = [];
    private readonly Person _person;
    private SeededRandom _random;

    private WrinkleLines(Person person)
    {
        _person = person;
        _random = new SeededRandom(person.Seed, SeededRandom.Stream.Wrinkles);
    }

    public static IReadOnlyList<WrinkleLine> Create(
        Person person, NoseShape nose, MouthShape mouth, EyeShape left, EyeShape right)
    {
        var layout = new WrinkleLines(person);
        layout.Forehead();
        layout.Glabella();
        foreach (var eye in new[] { left, right })
        {
            layout.CrowsFeet(eye);
            layout.UnderEye(eye);
            layout.Nasolabial(eye.Side, nose, mouth);
            layout.Marionette(eye.Side, mouth);
        }
        layout.Perioral(mouth);
        return layout._lines;
    }

    private void Forehead()
    {
        var amount = Amount(WrinkleRegion.Forehead);
        var count = (int)MathF.Round(amount * 4.8f);
        var (top, bottom) = (-0.96f, -0.53f);
        var arch = _random.Range(0.005f, 0.028f);
        for (var i = 0; i < count; i++)
        {
            var v = Curves.Mix(bottom, top, (i + 0.5f + _random.Range(-0.18f, 0.18f)) / count);
            var reach = _random.Range(0.58f, 0.84f);
            var from = -reach * _random.Range(0.75f, 1);
            var to = reach * _random.Range(0.75f, 1);
            var depth = Depth(amount) * _random.Range(0.7f, 1);
            var width = Width(amount, 2.2f, 4.2f);
            // Long lines often are two or three pieces that miss each other by a little.
            var pieces = _random.Chance(0.45f) ? 2 : 1;
            for (var piece = 0; piece < pieces; piece++)
            {
                var (start, end) =
                    (Curves.Mix(from, to, (float)piece / pieces), Curves.Mix(from, to, (piece + 1f) / pieces));
                var overlap = pieces > 1 ? 0.06f : 0;
                var shift = piece * _random.Range(-0.035f, 0.035f);
                Add(WrinkleRegion.Forehead, Sample(start - overlap, end + overlap, u =>
                    v + shift + (arch * MathF.Cos(u * 5.0f)) + (0.05f * u * u)), width, depth, 0.38f, wobble: 0.014f);
            }
        }
        // Fine lines between the main ones.
        for (var i = 0; i < (int)(amount * 4); i++)
        {
            var (u, v, half) = (_random.Range(-0.62f, 0.62f), _random.Range(top, bottom), _random.Range(0.10f, 0.22f));
            Add(WrinkleRegion.Forehead, Sample(
                u - half, u + half,
                x => v + (0.02f * x)), Width(amount, 1.2f, 1.9f), Depth(amount) * 0.55f, 0.5f, 0.01f);
        }
    }

    private void Glabella()
    {
        var amount = Amount(WrinkleRegion.Glabella);
        if (amount < 0.12f)
            return;
        foreach (var side in new[] { -1, 1 })
        {
            var (u, top) = (_random.Range(0.075f, 0.115f) * side, _random.Range(-0.50f, -0.42f));
            Add(WrinkleRegion.Glabella, [
                new(u * 1.25f, top), new(u * 1.02f, -0.33f), new(u * 0.95f, -0.22f), new(u * 1.08f, -0.13f)
            ],
                Width(amount, 2.2f, 4.4f), Depth(amount) * _random.Range(0.75f, 1), 0.15f, 0.008f);
            if (amount > 0.55f && _random.Chance(0.7f))
                Add(WrinkleRegion.Glabella, [new(u * 2.0f, top + 0.06f), new(u * 1.75f, -0.31f), new(u * 1.7f, -0.24f)],
                    Width(amount, 1.6f, 2.8f), Depth(amount) * 0.7f, 0.2f, 0.008f);
        }
        if (amount > 0.45f)
            Add(WrinkleRegion.Glabella, Sample(
                -0.13f, 0.13f,
                u => -0.10f + (0.9f * u * u)), Width(amount, 1.8f, 3.2f), Depth(amount) * 0.8f, 0.2f, 0.006f);
    }

    private void CrowsFeet(EyeShape eye)
    {
        var amount = Amount(WrinkleRegion.CrowsFeet);
        var count = (int)MathF.Round(amount * 5.6f);
        for (var i = 0; i < count; i++)
        {
            var spread = count == 1 ? 0.1f : ((float)i / (count - 1) * 2) - 1;
            var angle = (spread * 0.62f) + _random.Range(-0.07f, 0.07f) + 0.06f;
            var gap = _random.Range(0.025f, 0.075f);
            var length = _random.Range(0.16f, 0.31f) * Curves.Mix(0.75f, 1, amount);
            var corner = eye.ToFace(1, 0) + new Vector2(0.012f * eye.Side, 0.015f + (0.05f * spread));
            var (sin, cos) = MathF.SinCos(angle);
            var direction = new Vector2(cos * eye.Side, sin);
            var bend = new Vector2(0, (spread * 0.07f) + _random.Range(-0.02f, 0.02f));
            Vector2 At(float t) => corner + (direction * (gap + (length * t))) + (bend * t * t);
            Add(WrinkleRegion.CrowsFeet, [At(0), At(0.33f), At(0.67f), At(1)], Width(amount, 1.6f, 3.4f),
                Depth(amount) * _random.Range(0.65f, 0.95f), 0.2f, 0.008f);
        }
    }

    private void UnderEye(EyeShape eye)
    {
        var amount = Amount(WrinkleRegion.UnderEye);
        var count = (int)MathF.Round(amount * 3.6f);
        for (var i = 0; i < count; i++)
        {
            var sag = 0.055f + (0.052f * i) + _random.Range(-0.008f, 0.008f);
            var (from, to) = (_random.Range(-0.85f, -0.5f) + (0.15f * i), _random.Range(0.55f, 1.05f));
            Add(WrinkleRegion.UnderEye,
                [.. Enumerable.Range(0, 6).Select(k => Curves.Mix(from, to, k / 5f)).Select(x =>
                    eye.ToFace(x, eye.LowerLid(Math.Clamp(x, -0.95f, 0.95f)) + sag + (0.02f * x)))],
                Width(amount, 1.3f, 2.8f), Depth(amount) * _random.Range(0.5f, 0.8f), 0.35f, 0.006f);
        }
    }

    private void Nasolabial(int side, NoseShape nose, MouthShape mouth)
    {
        var amount = Amount(WrinkleRegion.Nasolabial);
        if (amount < 0.06f)
            return;
        var reach = Curves.Mix(0.45f, 1.0f, amount);
        var corner = mouth.Corner(side);
        Vector2[] whole =
        [
            nose.Wing(side) + new Vector2(0.075f * side, -0.085f),
            nose.Wing(side) + new Vector2(0.175f * side, 0.05f),
            new(corner.X + (0.085f * side), corner.Y - 0.16f),
            new(corner.X + (0.135f * side), corner.Y - 0.02f),
            new(corner.X + (0.115f * side), corner.Y + 0.12f),
        ];
        var line = Curves.Spline(whole, 8);
        Add(WrinkleRegion.Nasolabial, line[..Math.Clamp((int)(line.Length * reach), 6, line.Length)], Width(
            amount, 2.6f, 5f),
            Depth(amount) * _random.Range(0.75f, 0.95f), 0, 0.006f, overhang: 0.012f + (0.032f * amount));
        if (amount > 0.7f && _random.Chance(0.7f))
            Add(WrinkleRegion.Nasolabial, [
                .. line[8..26].Select(p => p + new Vector2(0.075f * side, 0.01f))
            ], Width(amount, 1.4f, 2.4f),
                Depth(amount) * 0.5f, 0.4f, 0.008f);
    }

    private void Marionette(int side, MouthShape mouth)
    {
        var amount = Amount(WrinkleRegion.Marionette);
        if (amount < 0.1f)
            return;
        var corner = mouth.Corner(side);
        var length = Curves.Mix(0.14f, 0.36f, amount) * _random.Range(0.85f, 1.1f);
        Add(WrinkleRegion.Marionette,
            [corner + new Vector2(0.035f * side, 0.035f), corner + new Vector2(0.058f * side, 0.035f + (length * 0.4f)),
             corner + new Vector2(0.066f * side, 0.035f + (length * 0.75f)),
                 corner + new Vector2(0.055f * side, 0.035f + length)
             ],
            Width(amount, 2.2f, 4.6f),
                Depth(amount) * _random.Range(0.65f, 0.9f), 0.1f, 0.008f, overhang: 0.006f + (0.016f * amount));
    }

    private void Perioral(MouthShape mouth)
    {
        var amount = Amount(WrinkleRegion.Perioral);
        var count = (int)MathF.Round(amount * 11);
        for (var i = 0; i < count; i++)
        {
            var x = Curves.Mix(-0.82f, 0.82f, (i + 0.5f + _random.Range(-0.3f, 0.3f)) / count);
            var length = _random.Range(0.06f, 0.125f);
            var u = x * mouth.HalfWidth;
            var foot = mouth.Top(x) - 0.016f;
            if (MathF.Abs(x) < 0.12f)
                continue;
            Add(WrinkleRegion.Perioral, [
                new(u, foot), new(u * 1.03f, foot - (length * 0.5f)), new(u * 1.09f, foot - length)
            ],
                Width(amount, 1.3f, 2.3f), Depth(amount) * _random.Range(0.5f, 0.75f), 0.15f, 0.004f);
        }
        for (var i = 0; i < count / 3; i++)
        {
            var x = _random.Range(-0.75f, 0.75f);
            var (u, head, length) = (x * mouth.HalfWidth, mouth.Bottom(x) + 0.03f, _random.Range(0.05f, 0.10f));
            Add(WrinkleRegion.Perioral, [
                new(u, head), new(u * 1.04f, head + (length * 0.5f)), new(u * 1.08f, head + length)
            ],
                Width(amount, 1.2f, 2.0f), Depth(amount) * 0.5f, 0.15f, 0.004f);
        }
    }

    // People differ by some years in every region.
    private float Amount(WrinkleRegion region)
    {
        var lead = _random.Range(-5, 5);
        return RegionAging.For(region).AmountAt(_person.Age + lead);
    }

    private static float Depth(float amount) => 0.30f + (0.65f * amount);

    private float Width(float amount, float thinPixels, float widePixels) =>
        Pixel * Curves.Mix(thinPixels, widePixels, Math.Clamp(amount + _random.Range(-0.2f, 0.2f), 0, 1));

    private static Vector2[] Sample(float from, float to, Func<float, float> curve) =>
        [.. Enumerable.Range(0, 9).Select(i => Curves.Mix(from, to, i / 8f)).Select(u => new Vector2(u, curve(u)))];

    private void Add(
        WrinkleRegion region, Vector2[] points, float width, float depth, float breaks, float wobble,
        float overhang = 0)
    {
        var noise = (int)(_random.Next() & 0xFFFF);
        for (var i = 0; i < points.Length; i++)
        {
            var p = points[i];
            points[i] += wobble
                * new Vector2(Noise.At(p.X * 6, p.Y * 6, noise + 11), Noise.At(p.X * 6, p.Y * 6, noise + 12));
        }
        _lines.Add(
            new WrinkleLine(region, Curves.Spline(points, 6), width, depth, noise, breaks) { Overhang = overhang });
    }
}

/// <summary>One wrinkle before it is drawn.</summary>
/// <param name="Region">Where it lies.</param>
/// <param name="Points">Its course, a smooth line in face coordinates.</param>
/// <param name="Width">Greatest width between the walls at half depth, in eye distances.</param>
/// <param name="Depth">Greatest depth, 0 = none to 1 = a deep fold.</param>
/// <param name="NoiseSeed">Chooses where it swells, thins and breaks.</param>
/// <param name="Breaks">0 = unbroken, 1 = as good as dotted.</param>
internal sealed record WrinkleLine(
    WrinkleRegion Region, Vector2[] Points, float Width, float Depth, int NoiseSeed, float Breaks)
{
    /// <summary>
    /// Below this share of the greatest depth a stretch is too faint to be called part of the wrinkle.
    /// </summary>
    public const float FaintShare = 0.3f;

    /// <summary>How far tissue hangs over the line from its outer side, in eye distances; 0 for a mere line.</summary>
    public float Overhang { get; init; }

    /// <summary>How suddenly it ends: 0 = blunt, 1 = it fades over a third of its way from either end.</summary>
    public float Fading { get; init; }

    /// <summary>
    /// Depth at a share 0..1 of the way, as a share of <see cref="Depth"/>: tapered ends, uneven between.
    /// </summary>
    /// <param name="t">Share of the way.</param>
    /// <param name="lengthSoFar">The way itself in eye distances, so that short and long wrinkles are equally
    /// uneven.</param>
    public float ProfileAt(float t, float lengthSoFar)
    {
        var taper = Curves.Step(0, 0.22f, t) * Curves.Step(1, 0.72f, t);
        var uneven = 1 + (0.22f * Noise.At(lengthSoFar * 9, 0.5f, NoiseSeed));
        var gap = Noise.At(lengthSoFar * 5.5f, 7.5f, NoiseSeed + 1);
        var broken = 1 - (Breaks * Curves.Step(0.12f, 0.42f, gap));
        var fading = Fading <= 0 ? 1 : Curves.Mix(1, Curves.Step(0, 0.4f, t) * Curves.Step(1, 0.6f, t), Fading);
        return MathF.Sqrt(taper) * fading * uneven * broken;
    }

    /// <summary>Width in eye distances at a share of the way; a shallow stretch is a narrow one.</summary>
    public float WidthAt(float profile) => Width * Curves.Mix(0.5f, 1, Math.Clamp(profile, 0, 1));
}

/// <summary>When a region's wrinkles appear and how fast they grow.</summary>
/// <param name="Onset">Years at which the first lines appear, on average.</param>
/// <param name="Years">How many years later they are as strong as they get.</param>
internal readonly record struct RegionAging(float Onset, float Years)
{
    public static RegionAging For(WrinkleRegion region) => region switch
    {
        WrinkleRegion.Forehead => new(29, 44),
        WrinkleRegion.Glabella => new(34, 44),
        WrinkleRegion.CrowsFeet => new(31, 40),
        WrinkleRegion.UnderEye => new(35, 42),
        WrinkleRegion.Nasolabial => new(29, 38),
        WrinkleRegion.Marionette => new(43, 34),
        WrinkleRegion.Perioral => new(50, 30),
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    /// <summary>0 before the onset, 1 some decades later, at most 1.1.</summary>
    /// <param name="age">Years.</param>
    public float AmountAt(float age) => Math.Clamp((age - Onset) / Years, 0, 1.1f);
}
