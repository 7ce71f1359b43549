using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// What each pixel weighs in the deep supervision of WDS: a wrinkle 1, a near miss in a coarse cell with a wrinkle that
/// cell's coverage, the rest the average coverage.
/// </summary>
public static class WeightedWrinkleMap
{
    // Larger cells could hold a wrinkle whose coverage is truncated to nothing.
    private const int LargestCell = 15;

    /// <summary>The cells of the three coarser outputs.</summary>
    public static IReadOnlyList<int> Cells { get; } = [2, 4, 8];

    /// <summary>Computes the weights for one output.</summary>
    /// <param name="truth">The wrinkles.</param>
    /// <param name="cell">How many pixels of the truth one pixel of the output is wide and high.</param>
    /// <returns>Weights above 0 and up to 1, of the truth's size; 1 everywhere where there is no wrinkle.</returns>
    public static Plane<float> Compute(Mask truth, int cell)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(cell, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cell, LargestCell);
        var weights = new Plane<float>(truth.Width, truth.Height);
        var (sum, count) = FillWithCoverage(truth, cell, weights);
        if (count == 0)
        {
            weights.Samples.Fill(1);
            return weights;
        }
        var average = (float)(sum / count);
        var to = weights.Samples;
        var wrinkle = truth.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = wrinkle[i] != 0 ? 1 : (to[i] == 0 ? average : to[i]) / byte.MaxValue;
        return weights;
    }

    // Coverage in whole levels of 0..255, as the prototype keeps it; the sum and number of pixels that have some.
    private static (long Sum, long Count) FillWithCoverage(Mask truth, int cell, Plane<float> coverage)
    {
        var (sum, count) = (0L, 0L);
        for (var top = 0; top < truth.Height; top += cell)
        {
            var height = Math.Min(cell, truth.Height - top);
            for (var left = 0; left < truth.Width; left += cell)
            {
                var width = Math.Min(cell, truth.Width - left);
                var wrinkle = 0;
                for (var y = top; y < top + height; y++)
                    wrinkle += width - truth.Row(y).Slice(left, width).Count((byte)0);
                if (wrinkle == 0)
                    continue;
                var level = byte.MaxValue * wrinkle / (width * height);
                for (var y = top; y < top + height; y++)
                    coverage.Row(y).Slice(left, width).Fill(level);
                sum += (long)level * width * height;
                count += width * height;
            }
        }
        return (sum, count);
    }
}
