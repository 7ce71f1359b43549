using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>Multiplies the light of a photo's skin by a factor, as skin would: the red changes least.</summary>
internal static class SkinPaint
{
    // Measured on wrinkles of real faces (docs/explanation/synthetic-wrinkles.md): where green loses 28 % of its light,
    // red loses 16 % and blue 32 %, because red light wanders farther below the skin.
    private static readonly float[] DarkExponents = [0.58f, 1, 1.12f];

    // Lit rims are partly gloss, which has the lamp's colour.
    private const float LitExponent = 0.75f;

    private static readonly float[] LinearOf =
    [
        .. Enumerable.Range(0, 256).Select(code => LinearColor.FromSrgbCode(code / 255f))
    ];

    /// <summary>Luminance in linear light, 0 to 1.</summary>
    public static Plane<float> Luminance(Image image)
    {
        var plane = new Plane<float>(image.Width, image.Height);
        var pixels = image.Samples;
        var light = plane.Samples;
        for (var i = 0; i < light.Length; i++)
            light[i] = (0.2126f * LinearOf[pixels[3 * i]]) + (0.7152f * LinearOf[pixels[(3 * i) + 1]])
                + (0.0722f * LinearOf[pixels[(3 * i) + 2]]);
        return plane;
    }

    /// <summary>Paints the window of a photo in place.</summary>
    /// <param name="photo">Painted on.</param>
    /// <param name="window">Which part.</param>
    /// <param name="factors">For green light, 1 = unchanged.</param>
    /// <param name="cover">0 = leave, 1 = paint.</param>
    /// <param name="noiseLevels">The photo's noise in grey levels.</param>
    /// <param name="seed">Chooses the grain.</param>
    public static void Apply(
        Image photo, FaceWindow window, Plane<float> factors, Plane<float> cover, float noiseLevels, int seed)
    {
        for (var y = 0; y < factors.Height; y++)
        {
            var row = photo.Row(window.Bounds.Y + y);
            for (var x = 0; x < factors.Width; x++)
            {
                var pixel = row.Slice(3 * (window.Bounds.X + x), 3);
                var factor = Curves.Mix(1, factors[x, y], cover[x, y] * Unclipped(pixel));
                if (MathF.Abs(factor - 1) < 5e-4f)
                    continue;
                // The photo's own grain darkens with its skin, but grain is only the root of the light: some is
                // missing.
                var missing = factor < 1 ? noiseLevels * MathF.Sqrt(factor - (factor * factor)) : 0;
                var grain = missing * Grain(x, y, seed);
                for (var channel = 0; channel < 3; channel++)
                {
                    ref var code = ref pixel[channel];
                    var light = LinearOf[code] * MathF.Pow(factor, factor < 1 ? DarkExponents[channel] : LitExponent);
                    // Half a level of noise hides that eight bits are coarse.
                    var dither = Noise.White(x, y, seed + 7 + channel) - 0.5f;
                    code = (byte)Math.Clamp(
                        MathF.Round((255 * LinearColor.ToSrgbCode(light)) + grain + dither), 0, 255);
                }
            }
        }
    }

    // Where a photo is blown out nobody knows how much light there was, only that it was more: a wrinkle there is
    // washed out too.
    private static float Unclipped(ReadOnlySpan<byte> pixel) =>
        Curves.Mix(
            0.25f, 1, Curves.Step(254, 215, Math.Min(Math.Max(pixel[0], pixel[1]), Math.Max(pixel[1], pixel[2]))));

    // The sum of three uniforms, scaled to deviation 1.
    private static float Grain(int x, int y, int seed) =>
        2 * (Noise.White(x, y, seed + 1) + Noise.White(x, y, seed + 2) + Noise.White(x, y, seed + 3) - 1.5f);
}
