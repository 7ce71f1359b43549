using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Outlines of the lips.</summary>
internal sealed class MouthShape(Person person)
{
    // Half-width of the cupid's bow as a share of the mouth's.
    private const float Bow = 0.27f;

    private readonly float _upper = 0.106f * person.LipFullness;
    private readonly float _lower = 0.150f * person.LipFullness;

    /// <summary>Height of the line between the lips.</summary>
    public float V { get; } = 1.125f * person.FaceLength;

    public float HalfWidth => person.MouthWidth * (1 + (0.06f * person.Smile));

    public Vector2 Corner(int side) => new(side * HalfWidth, Line(1));

    /// <summary>The line between the lips at x = -1..1.</summary>
    public float Line(float x)
    {
        var curl = 0.036f + (0.034f * person.Smile) - (0.008f * person.Aging);
        return V + (0.012f * Curves.Ridge(x, 0.2f)) - (0.010f * Curves.Ridge(MathF.Abs(x) - 0.45f, 0.25f))
            - (curl * x * x);
    }

    /// <summary>Upper edge of the upper lip.</summary>
    public float Top(float x)
    {
        var a = MathF.Min(MathF.Abs(x), 1);
        var height = a > Bow
            ? MathF.Pow((1 - a) / (1 - Bow), 0.95f)
            : 1 - (0.24f * (0.5f + (0.5f * MathF.Cos(MathF.PI * a / Bow))));
        return Line(x) - (_upper * height);
    }

    /// <summary>Lower edge of the lower lip.</summary>
    public float Bottom(float x)
    {
        var a = MathF.Min(MathF.Abs(x), 1);
        return Line(x) + (_lower * MathF.Pow(1 - MathF.Pow(a, 2.3f), 0.80f));
    }

    /// <summary>How deep a point lies inside the lips, in eye distances; negative outside.</summary>
    public float Inside(float u, float v)
    {
        var x = u / HalfWidth;
        if (MathF.Abs(x) >= 1)
            return -1;
        return MathF.Min(v - Top(x), Bottom(x) - v);
    }
}
