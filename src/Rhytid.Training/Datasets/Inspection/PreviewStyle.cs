using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Colours and distances of contact sheets.</summary>
internal static class PreviewStyle
{
    public const int Margin = 16;
    public const int Gap = 3;
    public const int CaptionBand = 24;
    public const int TitleBand = 40;
    public const float TitleHeight = 10;
    public const float CaptionHeight = 8;

    /// <summary>What is left of a photo's brightness where pixels do not count.</summary>
    public const float Dimmed = 0.35f;

    /// <summary>How much of the skin's colour covers an unlabelled photo.</summary>
    public const float SkinOpacity = 0.3f;

    public static Rgb Paper { get; } = new(24, 26, 30);

    public static Rgb Empty { get; } = new(40, 43, 49);

    public static Rgb Ink { get; } = new(232, 234, 238);

    public static Rgb FaintInk { get; } = new(150, 156, 166);

    public static Rgb Truth { get; } = new(40, 255, 90);

    public static Rgb Skin { get; } = new(70, 150, 255);
}

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
