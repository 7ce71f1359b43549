using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Lays a colour over a picture.</summary>
internal static class CoverageBlending
{
    /// <param name="image">Changed in place.</param>
    /// <param name="coverage">How much of each pixel is covered, 0 to 255; of the picture's size.</param>
    /// <param name="color">The colour.</param>
    /// <param name="opacity">What is left of the colour where a pixel is wholly covered.</param>
    /// <param name="gain">Factor of the coverage before it is cut off at all of a pixel.</param>
    public static void Blend(this Image image, Plane<byte> coverage, Rgb color, float opacity, float gain = 1)
    {
        var pixels = image.Samples;
        var levels = coverage.Samples;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == 0)
                continue;
            var share = Math.Min(1, levels[i] * gain / byte.MaxValue) * opacity;
            pixels[3 * i] = Mix(pixels[3 * i], color.Red, share);
            pixels[(3 * i) + 1] = Mix(pixels[(3 * i) + 1], color.Green, share);
            pixels[(3 * i) + 2] = Mix(pixels[(3 * i) + 2], color.Blue, share);
        }

        static byte Mix(byte under, byte over, float share) => (byte)MathF.Round(under + ((over - under) * share));
    }
}
