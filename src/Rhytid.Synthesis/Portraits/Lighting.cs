using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// The lamps: a warm key light, a cool weak fill from the other side, light from all around with a darker floor.
/// </summary>
internal sealed class Lighting
{
    private static readonly Vector3 KeyColor = new(1.06f, 1.0f, 0.93f);
    private static readonly Vector3 FillColor = new(0.93f, 0.99f, 1.08f);

    public Lighting(Person person)
    {
        Key = Direction(person.LightDegrees, person.LightHeight);
        Fill = Direction(-MathF.Sign(person.LightDegrees) * 48, 8);
        Exposure = person.Exposure;
        Half = Vector3.Normalize(Key + Vector3.UnitZ);
    }

    /// <summary>Towards the key light; x right, y down, z to the camera.</summary>
    public Vector3 Key { get; }

    public Vector3 Fill { get; }

    public float Exposure { get; }

    /// <summary>
    /// Halfway between the key light and the camera: where a shiny surface facing it mirrors the light.
    /// </summary>
    public Vector3 Half { get; }

    /// <summary>Light that falls on a surface.</summary>
    /// <param name="normal">Its direction.</param>
    /// <param name="lit">1 = sees the key light, 0 = in its shadow.</param>
    /// <param name="open">1 = sees all around it, 0 = the bottom of a hole.</param>
    public Vector3 On(Vector3 normal, float lit, float open)
    {
        // Skin passes light on around an edge, so the key wraps a little past it.
        const float Wrap = 0.12f;
        var key = MathF.Max(0, (Vector3.Dot(normal, Key) + Wrap) / (1 + Wrap)) * lit;
        var fill = MathF.Max(0, Vector3.Dot(normal, Fill));
        var around = Curves.Mix(0.55f, 1, 0.5f - (0.5f * normal.Y)) * open;
        return Exposure * ((KeyColor * (0.86f * key)) + (FillColor * ((0.13f * fill * open) + (0.25f * around))));
    }

    /// <summary>Mirrored light of a surface of some roughness, for a camera in front.</summary>
    public float Gloss(Vector3 normal, float sharpness) =>
        MathF.Pow(MathF.Max(0, Vector3.Dot(normal, Half)), sharpness);

    private static Vector3 Direction(float degrees, float heightDegrees)
    {
        var (sin, cos) = MathF.SinCos(float.DegreesToRadians(degrees));
        var (up, level) = MathF.SinCos(float.DegreesToRadians(heightDegrees));
        return new Vector3(sin * level, -up, cos * level);
    }
}
