using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Turns picture coordinates (pixels) into face coordinates (eye distances) and back: place, size, tilt, turn.
/// </summary>
internal sealed class HeadFrame
{
    private const float NeckV = 1.5f;

    private readonly Person _person;
    private readonly Vector2 _origin;
    private readonly Vector2 _axis;

    public HeadFrame(Person person, int size)
    {
        _person = person;
        Scale = person.EyeDistance * size;
        _origin = person.EyeMiddle * size;
        var (sin, cos) = MathF.SinCos(float.DegreesToRadians(person.Tilt));
        _axis = new Vector2(cos, sin);
    }

    /// <summary>Pixels in an eye distance.</summary>
    public float Scale { get; }

    /// <summary>From a point of the picture to the upright face, without the turn: for ears and hair.</summary>
    public Vector2 ToUpright(Vector2 pixel)
    {
        var p = (pixel - _origin) / Scale;
        return new Vector2((p.X * _axis.X) + (p.Y * _axis.Y), (p.Y * _axis.X) - (p.X * _axis.Y));
    }

    /// <summary>
    /// From a point of the picture to the body, which stays upright when the head tilts: same scale, the top of the
    /// neck where the tilted head has it.
    /// </summary>
    public Vector2 ToBody(Vector2 pixel)
    {
        var p = (pixel - _origin) / Scale;
        return new Vector2(p.X + (NeckV * _axis.Y), p.Y + (NeckV * (1 - _axis.X)));
    }

    public Vector2 ToFace(Vector2 pixel)
    {
        var p = ToUpright(pixel);
        return p - Displacement(p);
    }

    public Vector2 UprightToPixel(Vector2 p) =>
        _origin + (Scale * new Vector2((p.X * _axis.X) - (p.Y * _axis.Y), (p.X * _axis.Y) + (p.Y * _axis.X)));

    public Vector2 ToPixel(Vector2 face)
    {
        var p = face;
        // The displacement is small and smooth, so this converges to a hundredth of a pixel in a few rounds.
        for (var round = 0; round < 6; round++)
            p = face + Displacement(p);
        return UprightToPixel(p);
    }

    // A turn moves what stands forward; no face is quite even either, hence the slow noise.
    private Vector2 Displacement(Vector2 p)
    {
        var (a, b) = (p.X / 1.25f, (p.Y - 0.1f) / 2.1f);
        var forward = 1 - (a * a) - (b * b);
        forward = forward > 0 ? MathF.Sqrt(forward) : 0;
        return new Vector2(
            (_person.Yaw * forward) + (0.016f * Noise.At(p.X * 0.9f, p.Y * 0.9f, _person.Seed + 501) * forward),
            0.016f * Noise.At(p.X * 0.9f, p.Y * 0.9f, _person.Seed + 502) * forward);
    }
}
