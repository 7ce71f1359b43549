using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Courses of wrinkles made up from a few numbers each, in face coordinates: what a region's lines look like on a face
/// between the usual ones of FFHQ's wrinkled faces.
/// </summary>
internal static class WrinkleFamilies
{
    /// <summary>The courses of one region.</summary>
    /// <param name="region">Which lines.</param>
    /// <param name="amount">0 = none to 1 = as many as there get.</param>
    /// <param name="random">Chooses everything else.</param>
    public static IReadOnlyList<Vector2[]> Create(
        WrinkleRegion region, float amount, ref SeededRandom random) => region switch
    {
        WrinkleRegion.Forehead => Forehead(amount, ref random),
        WrinkleRegion.Glabella => Glabella(amount, ref random),
        WrinkleRegion.CrowsFeet => BothSides(CrowsFeet, amount, ref random),
        WrinkleRegion.UnderEye => BothSides(UnderEye, amount, ref random),
        WrinkleRegion.Nasolabial => BothSides(Nasolabial, amount, ref random),
        WrinkleRegion.Marionette => BothSides(Marionette, amount, ref random),
        WrinkleRegion.Perioral => Perioral(amount, ref random),
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    private delegate void Side(List<Vector2[]> courses, float amount, ref SeededRandom random);

    // Drawn for the picture's right side; the other one is a mirrored relative, not a copy.
    private static List<Vector2[]> BothSides(Side side, float amount, ref SeededRandom random)
    {
        var (right, left) = (new List<Vector2[]>(), new List<Vector2[]>());
        side(right, amount, ref random);
        side(left, amount * random.Range(0.7f, 1.15f), ref random);
        return [.. right, .. left.Select(course => Array.ConvertAll(course, point => new Vector2(-point.X, point.Y)))];
    }

    private static List<Vector2[]> Forehead(float amount, ref SeededRandom random)
    {
        var courses = new List<Vector2[]>();
        var count = 1 + (int)MathF.Round(amount * 3.6f);
        var (bottom, top) = (random.Range(-0.62f, -0.54f), random.Range(-1.08f, -0.92f));
        // Over each brow the line rises as the muscle below it does; people differ in how much and how evenly.
        var (arch, tilt, reach) =
            (random.Range(-0.005f, 0.024f), random.Range(-0.03f, 0.03f), random.Range(0.5f, 0.85f));
        for (var i = 0; i < count; i++)
        {
            var v = Curves.Mix(bottom, top, (i + 0.5f + random.Range(-0.3f, 0.3f)) / count);
            var (from, to) = (-reach * random.Range(0.5f, 1), reach * random.Range(0.5f, 1));
            var own = arch * random.Range(0.6f, 1.4f);
            var slope = tilt + random.Range(-0.02f, 0.02f);
            // Long lines often are two pieces that miss each other by a little.
            var pieces = 1 + random.Below(2);
            for (var piece = 0; piece < pieces; piece++)
            {
                if (pieces > 1 && random.Chance(0.15f))
                    continue;
                var (start, end) =
                    (Curves.Mix(from, to, (float)piece / pieces), Curves.Mix(from, to, (piece + 1f) / pieces));
                var shift = v + (piece == 0 ? 0 : random.Range(-0.04f, 0.04f));
                var lap = pieces > 1 ? random.Range(-0.02f, 0.06f) : 0;
                courses.Add(
                    Sample(start
                        - lap, end
                            + lap, u => new Vector2(u, shift + (slope * u) + (own * MathF.Cos(u * MathF.PI / 0.38f)))));
            }
        }
        return courses;
    }

    private static List<Vector2[]> Glabella(float amount, ref SeededRandom random)
    {
        var courses = new List<Vector2[]>();
        var lopsided = random.Chance(0.25f) ? random.Below(2) : -1;
        for (var side = 0; side < 2; side++)
        {
            // A single frown line is common.
            if (side == lopsided)
                continue;
            var sign = side == 0 ? -1 : 1;
            var (u, top, bottom) =
                (random.Range(0.06f, 0.14f), random.Range(-0.48f, -0.34f), random.Range(-0.22f, -0.10f));
            var lean = random.Range(0, 0.05f);
            courses.Add(
                Sample(0, 1, t =>
                    new Vector2(
                        sign * (u + (lean * (1 - t)) + (0.02f * MathF.Sin(3 * t))), Curves.Mix(top, bottom, t))));
            if (amount > 0.5f && random.Chance(0.5f))
                courses.Add(
                    Sample(0, 1, t =>
                        new Vector2(
                            sign * (u + 0.09f + (lean * (1 - t))), Curves.Mix(top + 0.08f, bottom - 0.05f, t))));
        }
        if (amount > 0.4f && random.Chance(0.6f))
        {
            var (v, half) = (random.Range(-0.09f, 0.02f), random.Range(0.08f, 0.14f));
            courses.Add(Sample(-half, half, u => new Vector2(u, v + (1.1f * u * u))));
        }
        return courses;
    }

    private static void CrowsFeet(List<Vector2[]> courses, float amount, ref SeededRandom random)
    {
        var count = 3 + (int)MathF.Round(amount * 5);
        for (var i = 0; i < count; i++)
        {
            // The upper ones rise, the lower ones follow the cheek bone down and outwards.
            var place = Math.Clamp(((i + 0.5f) / count) + random.Range(-0.07f, 0.07f), 0, 1);
            var start = new Vector2(
                Curves.Mix(0.8f, 0.72f, place) + random.Range(-0.02f, 0.05f),
                Curves.Mix(-0.10f, 0.17f, place) + random.Range(-0.015f, 0.015f));
            var angle = Curves.Mix(-0.5f, 0.42f, place) + random.Range(-0.12f, 0.12f);
            var bend = Curves.Mix(-0.25f, 0.9f, place) + random.Range(-0.25f, 0.25f);
            var length = random.Range(0.2f, 0.42f) * Curves.Mix(0.7f, 1, amount) * Curves.Mix(0.9f, 1.2f, place);
            courses.Add(Arc(start, angle, bend, length));
        }
    }

    private static void UnderEye(List<Vector2[]> courses, float amount, ref SeededRandom random)
    {
        var count = 1 + (int)MathF.Round(amount * 3);
        for (var i = 0; i < count; i++)
        {
            var depth = Curves.Mix(0.15f, 0.34f, (i + random.Range(0.2f, 0.8f)) / count);
            var (from, to) = (random.Range(0.24f, 0.42f), random.Range(0.6f, 0.84f));
            var sag = random.Range(0.02f, 0.07f);
            courses.Add(Sample(from, to, u =>
            {
                var a = (u - 0.5f) / 0.3f;
                return new Vector2(u, depth - (sag * a * a) + (0.03f * a));
            }));
        }
    }

    private static void Nasolabial(List<Vector2[]> courses, float amount, ref SeededRandom random)
    {
        var (startU, startV) = (random.Range(0.25f, 0.31f), random.Range(0.56f, 0.66f));
        var (wide, end) =
            (random.Range(0.53f, 0.63f),
                Curves.Mix(0.85f, 1.15f, Math.Clamp(amount, 0, 1)) + random.Range(-0.06f, 0.06f));
        Vector2[] course =
        [
            new(startU, startV), new(Curves.Mix(startU, wide, 0.5f), startV + 0.15f),
            new(Curves.Mix(startU, wide, 0.85f), startV + 0.3f), new(wide, Math.Max(startV + 0.36f, end))
        ];
        courses.Add(course);
        if (amount > 0.6f && random.Chance(0.4f))
        {
            var shift = new Vector2(random.Range(0.08f, 0.14f), random.Range(0.02f, 0.1f));
            courses.Add([course[1] + shift, course[2] + shift, course[3] + (shift * 0.9f)]);
        }
    }

    private static void Marionette(List<Vector2[]> courses, float amount, ref SeededRandom random)
    {
        var (u, v) = (random.Range(0.45f, 0.54f), random.Range(1.10f, 1.2f));
        courses.Add(
            Arc(new Vector2(u, v), 1.45f
                + random.Range(-0.2f, 0.2f), random.Range(-1f, 1.2f), Curves.Mix(0.14f, 0.34f, amount)));
    }

    private static List<Vector2[]> Perioral(float amount, ref SeededRandom random)
    {
        var courses = new List<Vector2[]>();
        var count = 3 + (int)MathF.Round(amount * 6);
        for (var i = 0; i < count; i++)
        {
            var u = Curves.Mix(-0.36f, 0.36f, (i + 0.5f + random.Range(-0.3f, 0.3f)) / count);
            var (top, length) = (random.Range(0.76f, 0.84f), random.Range(0.08f, 0.15f));
            courses.Add(Sample(0, 1, t => new Vector2(u * (1.12f - (0.12f * t)), top + (length * t))));
        }
        return courses;
    }

    // A line that begins in a direction (0 = outwards, positive = down) and turns by so many radians per eye distance.
    private static Vector2[] Arc(Vector2 start, float angle, float bend, float length)
    {
        const int Steps = 6;
        var course = new Vector2[Steps + 1];
        course[0] = start;
        for (var i = 1; i <= Steps; i++)
        {
            var (sin, cos) = MathF.SinCos(angle + (bend * length * (i - 0.5f) / Steps));
            course[i] = course[i - 1] + (new Vector2(cos, sin) * length / Steps);
        }
        return course;
    }

    private static Vector2[] Sample(float from, float to, Func<float, Vector2> course) =>
        [.. Enumerable.Range(0, 9).Select(i => course(Curves.Mix(from, to, i / 8f)))];
}
