namespace Rhytid.Scores;

/// <summary>
/// Where a score of other photos of the same kind would probably lie (percentile bootstrap, Efron and Tibshirani 1993).
/// </summary>
/// <param name="Low">Lower end; NaN where the score is undefined.</param>
/// <param name="High">Upper end; NaN where the score is undefined.</param>
public readonly record struct BootstrapInterval(double Low, double High)
{
    /// <summary>How many sets of photos are drawn unless told otherwise.</summary>
    public const int DefaultResamples = 1000;

    /// <summary>
    /// Draws as many photos as there are, with replacement, many times, and takes the middle share of what a score
    /// comes to. Photos are drawn, not pixels: pixels of one photo depend on each other, and an interval over them
    /// would be far too narrow.
    /// </summary>
    /// <param name="images">How many photos there are.</param>
    /// <param name="scores">Places of the drawn photos to the values of all scores, always as many. Values that are NaN
    /// do not count.</param>
    /// <param name="seed">The same seed gives the same intervals.</param>
    /// <param name="resamples">How many sets are drawn.</param>
    /// <param name="level">Share of the values inside the interval.</param>
    /// <returns>One interval for each score.</returns>
    public static IReadOnlyList<BootstrapInterval> Compute(
        int images, Func<IReadOnlyList<int>, IReadOnlyList<double>> scores, int seed,
        int resamples = DefaultResamples, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(images);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resamples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        var random = new Random(seed);
        var drawn = new int[images];
        var values = new List<List<double>>();
        for (var resample = 0; resample < resamples; resample++)
        {
            for (var i = 0; i < images; i++)
                drawn[i] = random.Next(images);
            var here = scores(drawn);
            while (values.Count < here.Count)
                values.Add(new List<double>(resamples));
            for (var score = 0; score < here.Count; score++)
                if (!double.IsNaN(here[score]))
                    values[score].Add(here[score]);
        }
        return [.. values.Select(list => Middle(list, level))];
    }

    private static BootstrapInterval Middle(List<double> values, double level)
    {
        if (values.Count == 0)
            return new BootstrapInterval(double.NaN, double.NaN);
        values.Sort();
        return new BootstrapInterval(Quantile.At(values, (1 - level) / 2), Quantile.At(values, (1 + level) / 2));
    }
}

/// <summary>Quantiles between the two nearest values in proportion, as NumPy and R have them by default.</summary>
public static class Quantile
{
    /// <summary>The value below which a share of the values lies.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double At(IReadOnlyList<double> sorted, double share)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Count, nameof(sorted));
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 < sorted.Count ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[below];
    }
}
