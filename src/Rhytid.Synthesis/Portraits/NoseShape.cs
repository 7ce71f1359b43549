using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Places on the nose, and the two nostrils.</summary>
internal sealed class NoseShape(Person person)
{
    // Between the eyes, where the bridge begins.
    private const float RootV = -0.10f;

    /// <summary>Height of the tip.</summary>
    public float TipV { get; } = 0.655f * person.NoseLength;

    /// <summary>Where the septum meets the upper lip.</summary>
    public float BaseV { get; } = 0.80f * person.NoseLength;

    /// <summary>Middle of a wing, from the midline.</summary>
    public float WingU { get; } = 0.215f * person.NoseWidth;

    public float WingV => BaseV - 0.085f;

    /// <summary>The tip stands forward and so moves with a turn of the head.</summary>
    public float Shift(float v) =>
        person.Yaw * 0.9f * Curves.Step(-0.1f, TipV, v) * Curves.Step(BaseV + 0.12f, BaseV - 0.03f, v);

    /// <summary>How far inside a nostril a point lies, 0 on its edge, 1 in the middle; negative outside.</summary>
    public float Nostril(float u, float v)
    {
        u -= Shift(v);
        var a = MathF.Abs(u) - (0.112f * person.NoseWidth);
        var b = v - (BaseV - 0.022f);
        // Turned so that the outer end is higher; cut flat on top, where the wing's rim hangs over.
        var (x, y) = ((a * 0.94f) - (b * 0.34f), (b * 0.94f) + (a * 0.34f));
        var (p, q) = (x / (0.058f * person.NoseWidth), y / (y < 0 ? 0.026f : 0.022f));
        return 1 - MathF.Sqrt((p * p) + (q * q));
    }

    /// <summary>How deep a point lies inside the outline of the nose, in eye distances; negative outside.</summary>
    public float Inside(float u, float v)
    {
        u -= Shift(v);
        var w = person.NoseWidth;
        var side = Curves.Mix(0.12f, 0.20f, Curves.Step(RootV, TipV, v)) * w;
        var middle = MathF.Min(side - MathF.Abs(u), MathF.Min(v - RootV, BaseV - v));
        // To the furrow behind the wing.
        var (a, b) = ((MathF.Abs(u) - (WingU * 0.84f)) / (0.118f * w), (v - WingV) / 0.112f);
        return MathF.Max(middle, 0.112f * (1 - MathF.Sqrt((a * a) + (b * b))));
    }

    public Vector2 Wing(int side) => new(side * WingU, WingV);
}
