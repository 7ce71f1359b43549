using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

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
