namespace Rhytid.Training.Evaluation;

/// <summary>One score of several runs that differ in their seed.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="ImageMean">Of the runs' means over photos.</param>
/// <param name="Pooled">Of the runs' pooled scores.</param>
/// <param name="BatchMean">Of the runs' means over batches; null where no batches were asked for.</param>
public sealed record RepeatedScore(
    string Name, string Key, MeanAndDeviation ImageMean, MeanAndDeviation Pooled, MeanAndDeviation? BatchMean)
{
    /// <summary>One for each score that all runs have, in the order of the first.</summary>
    /// <param name="runs">The rows of each run, of the same scores.</param>
    public static IReadOnlyList<RepeatedScore> Of(IReadOnlyList<IReadOnlyList<ScoreRow>> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count, nameof(runs));
        return
        [
            .. runs[0].Select(
                first =>
                    (First: first,
                        Rows: runs.Select(run => run.SingleOrDefault(row => row.Key == first.Key))
                            .OfType<ScoreRow>()
                            .ToList()))
                .Where(score => score.Rows.Count == runs.Count)
                .Select(score => new RepeatedScore(score.First.Name, score.First.Key,
                    MeanAndDeviation.Of(score.Rows.Select(row => row.ImageMean)),
                    MeanAndDeviation.Of(score.Rows.Select(row => row.Pooled)),
                    score.First.BatchMean is null
                        ? null
                        : MeanAndDeviation.Of(score.Rows.Select(row => row.BatchMean ?? double.NaN))))];
    }
}

/// <summary>A mean and the deviation around it.</summary>
/// <param name="Mean">Of the values; NaN where one of them is undefined.</param>
/// <param name="Deviation">The sample's standard deviation (n - 1); NaN for fewer than two values.</param>
public readonly record struct MeanAndDeviation(double Mean, double Deviation)
{
    /// <summary>Of some values.</summary>
    public static MeanAndDeviation Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length == 0)
            return new MeanAndDeviation(double.NaN, double.NaN);
        var mean = all.Average();
        return new MeanAndDeviation(
            mean,
            all.Length == 1
                ? double.NaN
                : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)));
    }
}
