using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>Finds pixels that are darker than their surroundings.</summary>
public static class AdaptiveThreshold
{
    /// <summary>
    /// Pixels at most the Gaussian-weighted mean of their window less an offset; equal to OpenCV's
    /// <c>adaptiveThreshold</c>, inverted.
    /// </summary>
    /// <param name="levels">Grey levels.</param>
    /// <param name="window">Odd side of the window in pixels; its Gaussian has sigma 0.3 ((window - 1) / 2 - 1) + 0.8.
    /// The edge pixel lies outside the picture too.</param>
    /// <param name="offset">How much darker, in grey levels.</param>
    public static Mask Gaussian(Plane<byte> levels, int window = 11, int offset = 1)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var sigma = (0.3 * (((window - 1) * 0.5) - 1)) + 0.8;
        var means = levels.ToFloat().GaussianBlur(sigma, window, BorderMode.Replicate);
        var mask = new Mask(levels.Width, levels.Height);
        var level = levels.Samples;
        var mean = means.Samples;
        var to = mask.Samples;
        // The mean is rounded to a grey level first, as OpenCV does.
        for (var i = 0; i < to.Length; i++)
            to[i] = level[i] <= MathF.Round(mean[i]) - offset ? Mask.Set : (byte)0;
        return mask;
    }

    /// <summary>
    /// Pixels at least some percent darker than the mean of their window, which the picture's edge cuts off.
    /// </summary>
    /// <param name="levels">Grey levels.</param>
    /// <param name="window">Side of the window in pixels; an eighth of the picture's width unless given.</param>
    /// <param name="percent">How much darker, in percent of the mean.</param>
    public static Mask Bradley(Plane<byte> levels, int? window = null, int percent = 15)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var (width, height) = (levels.Width, levels.Height);
        var half = (window ?? width / 8) / 2;
        var integral = IntegralOf(levels);
        var mask = new Mask(width, height);
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - half), Math.Min(height, y + half + 1));
            var from = levels.Row(y);
            var to = mask.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (Math.Max(0, x - half), Math.Min(width, x + half + 1));
                var sum = At(right, bottom) - At(left, bottom) - At(right, top) + At(left, top);
                var count = (long)(right - left) * (bottom - top);
                // In whole numbers, so that no rounding decides a tie.
                to[x] = from[x] * count * 100 <= sum * (100 - percent) ? Mask.Set : (byte)0;
            }
        }
        return mask;

        long At(int x, int y) => integral[(y * (width + 1)) + x];
    }

    // Sums over everything above and to the left, with a row and a column of zeros before the first.
    private static long[] IntegralOf(Plane<byte> levels)
    {
        var stride = levels.Width + 1;
        var integral = new long[stride * (levels.Height + 1)];
        for (var y = 0; y < levels.Height; y++)
        {
            var row = levels.Row(y);
            var sum = 0L;
            for (var x = 0; x < levels.Width; x++)
            {
                sum += row[x];
                integral[((y + 1) * stride) + x + 1] = integral[(y * stride) + x + 1] + sum;
            }
        }
        return integral;
    }
}

/// <summary>How a pixel is compared with its surroundings.</summary>
public enum AdaptiveRule
{
    /// <summary>With the Gaussian-weighted mean of a small window (WDS's prototype).</summary>
    Gaussian,

    /// <summary>
    /// With the plain mean of a large window, by an integral image (Bradley and Roth 2007, which Kim et al. cite).
    /// </summary>
    Bradley,
}
