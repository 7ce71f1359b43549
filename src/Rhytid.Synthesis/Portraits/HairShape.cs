using System.Numerics;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Where hair covers the head: between the hairline (k = 0) and the outside of the hair (k = 1), by angle from the
/// vertex.
/// </summary>
internal sealed class HairShape
{
    private readonly HeadGeometry _head;
    private readonly HairStyle _style;
    private readonly int _seed;
    private readonly float[] _hairline;

    public HairShape(Person person, HeadGeometry head)
    {
        _head = head;
        _style = person.Hair;
        _seed = person.Seed;
        var temples = person.Hair == HairStyle.Receding ? 0.30f : 0.05f * person.Aging * person.Angular;
        var rise = (person.Hair == HairStyle.Receding ? 0.12f : 0) + (0.04f * person.Aging);
        var w = person.FaceWidth;
        // Down to the sideburns in front of the ears; below them the hairline meets the outline.
        _hairline = HeadGeometry.Table(
        [
            new(0, -1.05f - rise),
                new(0.28f, -1.06f - rise - (temples * 0.35f)), new(0.55f, -1.01f - (rise * 0.6f) - (temples * 0.75f)),
                new(0.77f, -0.86f - (temples * 0.7f)),
                new(0.89f * w, -0.60f - (temples * 0.3f)),
                    new(0.96f * w, -0.32f), new(1.035f * w, -0.05f), new(1.085f * w, 0.20f), new(1.2f * w, 0.45f),
                    new(1.3f, 1.0f), new(0.8f, 1.9f), new(0, 2.2f),
                ]);
    }

    /// <summary>Whether the hair hangs down beside the face.</summary>
    public bool Falls => _style is HairStyle.Bob or HairStyle.Flowing;

    /// <summary>Height at which falling hair ends.</summary>
    public float EndV => _style == HairStyle.Bob ? 1.62f : 3.2f;

    /// <summary>
    /// How deep a point lies in the hair that hangs behind neck and face, in eye distances; negative outside.
    /// </summary>
    public float Behind(Vector2 p)
    {
        if (!Falls || p.Y < -0.6f)
            return -1;
        var half = 1.24f + (0.05f * Noise.At(p.Y * 1.3f, MathF.Sign(p.X), _seed + 111));
        return MathF.Min(half - MathF.Abs(p.X), EndV - 0.22f - (0.5f * MathF.Max(0, MathF.Abs(p.X) - 0.9f)) - p.Y);
    }

    /// <summary>Share of the outline's radius at a point between hairline and outside.</summary>
    public float Rho(float angle, float k)
    {
        var a = MathF.Abs(angle);
        return Mix(Inner(a), Outer(a), k);
    }

    public Vector2 Point(float angle, float k) => _head.Point(angle, Rho(angle, k));

    /// <summary>0 on the hairline, 1 on the outside; negative on the face.</summary>
    public float K(Vector2 p)
    {
        var angle = HeadGeometry.Angle(p.X, p.Y);
        var inner = Inner(angle);
        return (_head.Rho(p.X, p.Y) - inner) / MathF.Max(0.02f, Outer(angle) - inner);
    }

    private float Inner(float angle)
    {
        if (_style == HairStyle.Bald)
            return Mix(0.985f, 0.925f, Step(1.10f, 1.35f, angle)) + (0.05f * Step(1.45f, 1.7f, angle));
        return MathF.Min(HeadGeometry.Lookup(_hairline, angle) / _head.OutlineAt(angle), 1.3f);
    }

    private float Outer(float angle)
    {
        var side = Step(0.55f, 1.35f, angle);
        var volume = _style switch
        {
            HairStyle.Combed => Mix(1.13f, 1.045f, side),
            HairStyle.Cropped => 1.02f,
            HairStyle.Bob => Mix(1.10f, 1.17f, side),
            HairStyle.Flowing => Mix(1.09f, 1.17f, side),
            HairStyle.TiedBack => 1.035f,
            HairStyle.Curly => Mix(1.22f, 1.26f, side),
            HairStyle.Receding => Mix(1.04f, 1.035f, side),
            _ => Mix(0.99f, 1.015f, Step(1.15f, 1.4f, angle)),
        };
        return MathF.Max(volume, Inner(angle) + 0.01f);
    }
}
