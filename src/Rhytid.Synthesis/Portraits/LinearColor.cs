using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Colours as amounts of light: shading adds and multiplies light, not the codes of a file.</summary>
internal static class LinearColor
{
    /// <summary>The light behind an sRGB code, such as 0xE0AC90.</summary>
    public static Vector3 FromSrgb(int code) =>
        new(FromSrgbCode(
            (code >> 16 & 255) / 255f), FromSrgbCode((code >> 8 & 255) / 255f), FromSrgbCode((code & 255) / 255f));

    /// <summary>The sRGB code (0..1) of an amount of light, highlights rolled off as film does.</summary>
    public static float Develop(float light)
    {
        const float Shoulder = 0.72f;
        if (light > Shoulder)
            light = Shoulder + ((1 - Shoulder) * (1 - MathF.Exp(-(light - Shoulder) / (1 - Shoulder))));
        return ToSrgbCode(light);
    }

    /// <summary>The sRGB code (0..1) of an amount of light.</summary>
    public static float ToSrgbCode(float light)
    {
        light = Math.Max(light, 0);
        return light <= 0.0031308f ? 12.92f * light : (1.055f * MathF.Pow(light, 1 / 2.4f)) - 0.055f;
    }

    /// <summary>The light behind an sRGB code of 0..1.</summary>
    public static float FromSrgbCode(float code) =>
        code <= 0.04045f ? code / 12.92f : MathF.Pow((code + 0.055f) / 1.055f, 2.4f);
}
