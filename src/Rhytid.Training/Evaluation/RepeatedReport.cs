namespace Rhytid.Training.Evaluation;

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
