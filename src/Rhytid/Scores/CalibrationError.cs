namespace Rhytid.Scores;

/// <summary>How far probabilities are from frequencies.</summary>
public static class CalibrationError
{
    /// <summary>Number of bins unless told otherwise, as Guo et al. (2017) have it.</summary>
    public const int DefaultBins = 15;

    /// <summary>
    /// Expected calibration error of the wrinkle probability p: pixels go into bins of equal width in p, and the error
    /// is the mean over pixels of |mean p of the bin - share of wrinkle pixels in it|. NaN where there is no pixel.
    /// </summary>
    /// <remarks>
    /// Guo et al. bin the probability of whichever class is predicted; here it is that of the wrinkle class, because
    /// what is used is the threshold on it. Most pixels are skin with p near 0, so over whole pictures the value is
    /// small for every sensible method: compare it within one region only.
    /// </remarks>
    /// <param name="histogram">Pixels by probability.</param>
    /// <param name="bins">How many bins; p = 1 belongs to the last.</param>
    public static double Compute(ScoreHistogram histogram, int bins = DefaultBins)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var (sums, pixels, wrinkles) = (new double[bins], new long[bins], new long[bins]);
        for (var level = 0; level < ScoreHistogram.Bins; level++)
        {
            var (positives, negatives) = (histogram.Positives[level], histogram.Negatives[level]);
            var probability = ScoreHistogram.ProbabilityOf(level);
            var bin = Math.Min((int)(probability * bins), bins - 1);
            sums[bin] += probability * (positives + negatives);
            pixels[bin] += positives + negatives;
            wrinkles[bin] += positives;
        }
        // |mean p - share| weighted by the bin's pixels is |sum of p - wrinkle pixels|.
        var error = Enumerable.Range(0, bins).Sum(bin => Math.Abs(sums[bin] - wrinkles[bin]));
        var total = pixels.Sum();
        return total == 0 ? double.NaN : error / total;
    }
}
