using System.Numerics;
using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>
/// Writes short labels into pictures: letters of the ASCII alphabet as thin strokes; any other becomes a question mark.
/// </summary>
public static class TextDrawing
{
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;

    // The strokes sit on whole pixels: drawn large and made small they look as a font of this size should.
    private const int Oversampling = 4;

    // Capitals at the font's scale 1.
    private const float CapHeightAtScaleOne = 21;

    /// <summary>How wide a text is, in pixels.</summary>
    /// <param name="text">One line.</param>
    /// <param name="capHeight">Height of capital letters in pixels.</param>
    public static int MeasureText(string text, float capHeight)
    {
        var large = Measure(text, capHeight);
        return (large.Width + Oversampling - 1) / Oversampling;
    }

    /// <summary>Writes a line of text; what does not fit into the picture is cut off.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="text">One line.</param>
    /// <param name="position">The left end of the line on which the letters stand.</param>
    /// <param name="color">Colour of the strokes.</param>
    /// <param name="capHeight">Height of capital letters in pixels.</param>
    public static void DrawText(this Image image, string text, Vector2 position, Rgb color, float capHeight = 8)
    {
        ArgumentNullException.ThrowIfNull(image);
        var large = Measure(text, capHeight);
        if (large.Width == 0)
            return;
        // A margin of a letter's height on each side: strokes overhang what the font says of itself.
        var margin = (int)MathF.Ceiling(capHeight);
        var width = (large.Width / Oversampling) + (2 * margin);
        var height = ((large.Height + large.Below) / Oversampling) + (2 * margin);
        var baseline = margin + (large.Height / Oversampling);
        var strokes = new Plane<byte>(width * Oversampling, height * Oversampling);
        OpenCv.Draw(
            strokes,
            to => Cv2.PutText(
                to, text, new Point(margin * Oversampling, baseline * Oversampling), Font, ScaleOf(capHeight),
                Scalar.White, ThicknessOf(capHeight), LineTypes.AntiAlias));
        Blend(image, strokes.Resize(width, height, Interpolation.Area), (int)MathF.Round(position.X)
            - margin, (int)MathF.Round(position.Y) - baseline, color);
    }

    private static void Blend(Image image, Plane<byte> coverage, int left, int top, Rgb color)
    {
        var (first, last) = (Math.Max(0, -left), Math.Min(coverage.Width, image.Width - left));
        for (var y = Math.Max(0, -top); y < Math.Min(coverage.Height, image.Height - top); y++)
        {
            var from = coverage.Row(y);
            var to = image.Row(top + y);
            for (var x = first; x < last; x++)
            {
                var pixel = to.Slice(3 * (left + x), 3);
                pixel[0] = Mix(pixel[0], color.Red, from[x]);
                pixel[1] = Mix(pixel[1], color.Green, from[x]);
                pixel[2] = Mix(pixel[2], color.Blue, from[x]);
            }
        }

        static byte Mix(byte under, byte over, int share) =>
            (byte)(((under * (255 - share)) + (over * share) + 127) / 255);
    }

    private static (int Width, int Height, int Below) Measure(string text, float capHeight)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capHeight);
        if (text.Length == 0)
            return default;
        return OpenCv.Run(() =>
        {
            var size = Cv2.GetTextSize(text, Font, ScaleOf(capHeight), ThicknessOf(capHeight), out var below);
            return (size.Width, size.Height, below);
        });
    }

    private static double ScaleOf(float capHeight) => capHeight * Oversampling / CapHeightAtScaleOne;

    // An eighth of the capitals' height, as the regular weight of common fonts has it.
    private static int ThicknessOf(float capHeight) => Math.Max(1, (int)MathF.Round(capHeight * Oversampling / 8));
}
