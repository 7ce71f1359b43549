namespace Rhytid.Training.Augmentation;

/// <summary>CIE L*a*b* (D65) of sRGB levels, as far as exchanging the lightness needs it.</summary>
internal static class LabColor
{
    private const float WhiteX = 0.950456f;
    private const float WhiteZ = 1.088754f;
    private const int CurveSteps = 1 << 13;

    // Light of a level, and the level of light.
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(level => ToLinear(level / 255.0))];
    private static readonly byte[] Curve =
    [
        .. Enumerable.Range(0, CurveSteps + 1)
            .Select(step => (byte)Math.Round(255 * FromLinear((double)step / CurveSteps)))
    ];

    /// <summary>The lightness of planar levels 0 to 255 (red, green, blue), L 0 to 100 as 0 to 255.</summary>
    public static void Lightness(ReadOnlySpan<float> levels, Span<byte> lightness)
    {
        var count = lightness.Length;
        for (var i = 0; i < count; i++)
        {
            var y = (0.212671f * Light(levels[i])) + (0.715160f * Light(levels[i + count]))
                + (0.072169f * Light(levels[i + (2 * count)]));
            lightness[i] = (byte)MathF.Round(((116 * Root(y)) - 16) * 2.55f);
        }
    }

    /// <summary>Gives planar levels another lightness; a* and b* stay, colours that sRGB lacks are cut off.</summary>
    public static void SetLightness(Span<float> levels, ReadOnlySpan<byte> lightness)
    {
        var count = lightness.Length;
        for (var i = 0; i < count; i++)
        {
            var (red, green, blue) = (Light(levels[i]), Light(levels[i + count]), Light(levels[i + (2 * count)]));
            var y = Root((0.212671f * red) + (0.715160f * green) + (0.072169f * blue));
            var x = Root(((0.412453f * red) + (0.357580f * green) + (0.180423f * blue)) / WhiteX);
            var z = Root(((0.019334f * red) + (0.119193f * green) + (0.950227f * blue)) / WhiteZ);
            // a* and b* are differences of these roots: the same step on all three keeps them.
            var target = ((lightness[i] / 2.55f) + 16) / 116;
            var (newX, newY, newZ) = (WhiteX * Cube(x + target - y), Cube(target), WhiteZ * Cube(z + target - y));
            levels[i] = Level((3.240479f * newX) - (1.537150f * newY) - (0.498535f * newZ));
            levels[i + count] = Level((-0.969256f * newX) + (1.875991f * newY) + (0.041556f * newZ));
            levels[i + (2 * count)] = Level((0.055648f * newX) - (0.204043f * newY) + (1.057311f * newZ));
        }
    }

    private static float Light(float level) => Linear[(int)Math.Clamp(level + 0.5f, 0, 255)];

    private static float Level(float light) => Curve[(int)((Math.Clamp(light, 0, 1) * CurveSteps) + 0.5f)];

    private static float Root(float t) => t > 0.008856f ? MathF.Cbrt(t) : (7.787f * t) + (16f / 116);

    private static float Cube(float root) => root > 0.206893f ? root * root * root : (root - (16f / 116)) / 7.787f;

    private static float ToLinear(double level) =>
        (float)(level <= 0.04045 ? level / 12.92 : Math.Pow((level + 0.055) / 1.055, 2.4));

    private static double FromLinear(double light) =>
        light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
}
