namespace Rhytid.Training.Evaluation;

/// <summary>One score of several runs that differ in their seed.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="ImageMean">Of the runs' means over photos.</param>
/// <param name="Pooled">Of the runs' pooled scores.</param>
/// <param name="BatchMean">Of the runs' means over batches; null where no batches were asked for.</param>
public sealed record RepeatedScore(
    string Name, string Key, MeanAndStd ImageMean, MeanAndStd Pooled, MeanAndStd? BatchMean)
{
    /// <summary>One for each score that all runs have, in the order of the first.</summary>
    /// <param name="runs">The rows of each run, of the same scores.</param>
    public static IReadOnlyList<RepeatedScore> Compute(IReadOnlyList<IReadOnlyList<ScoreRow>> runs)
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
                    MeanAndStd.Compute(score.Rows.Select(row => row.ImageMean)),
                    MeanAndStd.Compute(score.Rows.Select(row => row.Pooled)),
                    score.First.BatchMean is null
                        ? null
                        : MeanAndStd.Compute(score.Rows.Select(row => row.BatchMean ?? double.NaN))))];
    }
}

/// <summary>A mean and the deviation around it.</summary>
/// <param name="Mean">Of the values; NaN where one of them is undefined.</param>
/// <param name="Std">The sample's standard deviation (n - 1); NaN for fewer than two values.</param>
public readonly record struct MeanAndStd(double Mean, double Std)
{
    /// <summary>Of some values.</summary>
    public static MeanAndStd Compute(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length == 0)
            return new MeanAndStd(double.NaN, double.NaN);
        var mean = all.Average();
        return new MeanAndStd(
            mean,
            all.Length == 1
                ? double.NaN
                : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)));
    }
}

/// <summary>Evaluations of networks that differ in their seed.</summary>
/// <param name="Name">What tables call them together.</param>
/// <param name="Runs">Two or more, of the same photos.</param>
public sealed record RepeatedReport(string Name, IReadOnlyList<EvaluationReport> Runs)
{
    /// <summary>Mean and deviation of every score.</summary>
    public IReadOnlyList<RepeatedScore> Scores { get; } = RepeatedScore.Compute([.. Runs.Select(run => run.Rows)]);

    /// <summary>The average that the result is quoted by.</summary>
    public HeadlineAverage Average => Runs[0].Average;

    /// <summary>A score by the headline's average.</summary>
    public MeanAndStd Headline(RepeatedScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (Average == HeadlineAverage.Pooled)
            return score.Pooled;
        return Average == HeadlineAverage.Batch ? score.BatchMean ?? default : score.ImageMean;
    }
}
