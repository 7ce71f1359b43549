using System.Numerics;
using Rhytid.Imaging;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Paints the brows hair by hair.</summary>
internal sealed class BrowPainter(Face face)
{
    public void Paint(Canvas canvas, Plane<float> coverage)
    {
        var person = face.Person;
        var random = new SeededRandom(person.Seed, SeededRandom.Stream.Brows);
        // Brows are darker than the hair and turn grey later.
        var brown = Vector3.Lerp(person.HairColor * 0.55f, person.Skin * 0.12f, 0.25f);
        var grey = new Vector3(0.26f, 0.25f, 0.24f);
        Tint(canvas, brown);
        foreach (var (brow, side) in new[] { (face.LeftBrow, -1), (face.RightBrow, 1) })
        {
            var count =
                (int)(640 * Mix(0.8f, 1.2f, person.BrowThickness - 0.5f) * Mix(1, 0.75f, Math.Min(1, person.Aging)));
            for (var i = 0; i < count; i++)
            {
                var t = MathF.Pow(random.Unit(), 0.9f);
                var offset = random.Range(-1, 1);
                var middle = brow.Middle(t);
                var root = middle + new Vector2(0, offset * brow.HalfHeight(t) * 0.85f);
                var along = Vector2.Normalize(brow.Middle(t + 0.06f) - brow.Middle(t));
                // Inner hairs stand up, outer ones lie along the brow; upper ones lean down, lower ones up.
                var up = Mix(1.5f, 0.0f, Step(0, 0.4f, t)) + (offset * 0.42f) + random.Range(-0.14f, 0.14f);
                var direction = Vector2.Normalize(along + new Vector2(0, -up));
                var length = random.Range(0.055f, 0.095f) * Mix(1, 0.8f, t);
                var tip = root + (direction * length);
                var bend = (root + tip) / 2 + new Vector2(0.008f * side, 0.004f);
                var color = Vector3.Lerp(
                    brown * random.Range(0.7f, 1.4f), grey,
                    random.Chance(person.Grey * 0.6f * Mix(1, 0.45f, person.Darkness)) ? 0.65f : 0);
                var points = Curves.Spline(
                    [face.Frame.ToPixel(root), face.Frame.ToPixel(bend), face.Frame.ToPixel(tip)], 4);
                var width = face.Frame.Scale * random.Range(0.0048f, 0.0075f);
                Stroke.Paint(canvas, points, s => width * Mix(1, 0.3f, s), _ => color, 0.62f, coverage);
            }
        }
    }

    // The skin below the hairs is darkened by their shade and roots.
    private void Tint(Canvas canvas, Vector3 brown)
    {
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
            {
                var p = face.Frame.ToFace(new Vector2(x + 0.5f, y + 0.5f));
                if (p.Y is < -0.7f or > 0 || MathF.Abs(p.X) > 1)
                    continue;
                var density = (p.X < 0 ? face.LeftBrow : face.RightBrow).Density(p.X, p.Y);
                if (density > 0)
                    canvas.Over(x, y, brown, 0.42f * Step(0, 0.7f, density));
            }
        });
    }
}

/// <summary>Where the hairs of one brow grow.</summary>
internal sealed class BrowShape(Person person, int side)
{
    // Distance of the inner end from the midline, and from there to the outer end.
    private const float Inner = 0.18f, Length = 0.70f;

    private readonly float _lift = -0.335f + (0.03f * person.Aging) + (0.03f * person.Angular);

    /// <summary>The middle of the brow from its inner end (0) to its outer one (1).</summary>
    public Vector2 Middle(float t)
    {
        var outward = Inner + (Length * t);
        var rise = person.BrowArch * 0.090f * MathF.Sin(MathF.PI * Math.Clamp(t / 1.32f, 0, 1));
        var drop = 0.11f * MathF.Pow(MathF.Max(0, t - 0.62f) / 0.38f, 1.6f);
        return new Vector2(side * outward, _lift - rise + drop + 0.02f);
    }

    /// <summary>Half the brow's height at t.</summary>
    public float HalfHeight(float t) =>
        0.052f * person.BrowThickness * Curves.Step(-0.05f, 0.12f, t) * Curves.Mix(1, 0.28f, Curves.Step(0.45f, 1, t));

    /// <summary>1 in the middle of the brow, 0 on its edge and outside.</summary>
    public float Density(float u, float v)
    {
        var t = ((u * side) - Inner) / Length;
        if (t is < 0 or > 1)
            return 0;
        var half = HalfHeight(t);
        return half < 1e-4f ? 0 : Math.Clamp(1 - (MathF.Abs(v - Middle(t).Y) / half), 0, 1);
    }
}
