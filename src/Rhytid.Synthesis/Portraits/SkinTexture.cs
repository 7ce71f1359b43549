using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// The skin's own surface, finer than the face and coarser than a pixel: pores, the net of furrows, slow unevenness.
/// </summary>
internal sealed class SkinTexture(Person person, float pixelsPerEyeDistance)
{
    /// <summary>Height in eye distances to add at a point.</summary>
    public float Height(float u, float v)
    {
        var seed = person.Seed;
        var coarse = 0.0016f * (1 + (0.9f * person.Aging)) * Noise.Fractal(u * 9, v * 9, seed + 51, 3);
        // Old skin is a net of fine furrows, drawn out along the lines of least tension.
        var net = 0.00075f * (0.8f + (0.9f * person.Aging)) * Visible(46) * Noise.Fractal(u * 46, v * 52, seed + 55, 2);
        var centre = Hill(u, v - 0.45f, 0.55f, 0.45f);
        var pores = Mix(0.3f, 1, centre) * Visible(42) * Step(0.42f, 0.10f, Noise.Cellular(u * 42, v * 42, seed + 61));
        return coarse + net - (0.0013f * pores);
    }

    /// <summary>How greasy a place is, 0 to 1: forehead, nose and chin shine.</summary>
    public static float Grease(float u, float v) =>
        Math.Clamp((0.55f * Hill(u, v + 0.65f, 0.75f, 0.4f)) + (0.9f * Hill(u, v - 0.35f, 0.2f, 0.5f))
            + (0.35f * Hill(u, v - 1.6f, 0.3f, 0.2f)) + (0.45f * Hills(u, v, 0.62f, 0.32f, 0.28f, 0.22f)), 0, 1);

    // Detail finer than two pixels would only alias.
    private float Visible(float frequency) => Step(1.6f, 3.2f, pixelsPerEyeDistance / frequency);
}
