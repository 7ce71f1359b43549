using System.Drawing;

namespace Rhytid.Training.Augmentation;

/// <summary>Makes masks one pixel wider on all sides, so that thin lines weigh more in training (Sandu).</summary>
internal static class MaskDilation
{
    /// <summary>3x3, once; soft labels take the largest neighbour.</summary>
    /// <param name="mask">Rows of a region of a mask.</param>
    /// <param name="region">Which: a pixel more on all sides than the part, as far as the picture reaches.</param>
    /// <param name="part">What is wanted.</param>
    /// <param name="target">Its rows.</param>
    public static void Dilate(ReadOnlySpan<float> mask, Rectangle region, Rectangle part, Span<float> target)
    {
        for (var y = part.Top; y < part.Bottom; y++)
        {
            for (var x = part.Left; x < part.Right; x++)
            {
                var largest = 0f;
                for (var row = Math.Max(y - 1, region.Top); row <= Math.Min(y + 1, region.Bottom - 1); row++)
                    for (var column = Math.Max(x - 1, region.Left);
                        column <= Math.Min(x + 1, region.Right - 1);
                        column++)
                            largest = Math.Max(
                                largest, mask[((row - region.Top) * region.Width) + column - region.Left]);
                target[((y - part.Top) * part.Width) + x - part.Left] = largest;
            }
        }
    }
}
