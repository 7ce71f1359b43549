using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>The opening between the lids of one eye.</summary>
/// <param name="person">Whose eye.</param>
/// <param name="side">-1 = on the picture's left, 1 = on its right.</param>
internal sealed class EyeShape(Person person, int side)
{
    private readonly float _halfLength = 0.245f * person.EyeSize;
    private readonly float _upper = 0.092f * person.EyeSize * person.EyeOpening;
    private readonly float _lower = 0.062f * person.EyeSize * person.EyeOpening;
    private readonly float _slant = person.EyeSlant;

    public int Side => side;

    public Vector2 Center { get; } = new(0.5f * side, 0);

    /// <summary>Radius of the iris; it hardly differs between people.</summary>
    public const float IrisRadius = 0.102f;

    /// <summary>
    /// Middle of the iris: a little up from the middle of the opening, so that the upper lid covers its rim.
    /// </summary>
    public Vector2 IrisCenter => Center + new Vector2(-0.008f * side, -0.024f);

    public float HalfLength => _halfLength;

    /// <summary>
    /// From the face to the eye: x from -1 at the inner corner to 1 at the outer one, y downwards in eye distances.
    /// </summary>
    public Vector2 ToLocal(float u, float v)
    {
        var outward = (u - Center.X) * side;
        return new Vector2(outward / _halfLength, v + (_slant * outward));
    }

    public Vector2 ToFace(float x, float y)
    {
        var outward = x * _halfLength;
        return new Vector2(Center.X + (outward * side), y - (_slant * outward));
    }

    /// <summary>Margin of the upper lid at x; its highest point lies a little inwards.</summary>
    public float UpperLid(float x)
    {
        var t = Math.Clamp(x + (0.14f * (1 - (x * x))), -1, 1);
        return -_upper * MathF.Pow(1 - MathF.Pow(MathF.Abs(t), 2.1f), 0.85f);
    }

    /// <summary>Margin of the lower lid at x; its lowest point lies a little outwards.</summary>
    public float LowerLid(float x)
    {
        var t = Math.Clamp(x - (0.12f * (1 - (x * x))), -1, 1);
        return _lower * MathF.Pow(1 - MathF.Pow(MathF.Abs(t), 2.4f), 0.8f);
    }

    /// <summary>The fold above the upper lid; it sinks with age.</summary>
    public float Crease(float x) =>
        (UpperLid(x * 0.88f) * 1.12f) - (0.062f * (1 - (0.35f * person.Aging))) + (0.03f * x * x);

    /// <summary>How deep a point lies inside the opening, in eye distances; negative outside.</summary>
    public float Inside(float u, float v)
    {
        var p = ToLocal(u, v);
        if (MathF.Abs(p.X) >= 1)
            return MathF.Min((1 - MathF.Abs(p.X)) * _halfLength, -MathF.Abs(p.Y));
        return MathF.Min(p.Y - UpperLid(p.X), LowerLid(p.X) - p.Y);
    }
}
