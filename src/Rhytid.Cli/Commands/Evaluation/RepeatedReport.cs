using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Evaluations of networks that differ in their seed.</summary>
/// <param name="Name">What tables call them together.</param>
/// <param name="Runs">Two or more, of the same photos.</param>
internal sealed record RepeatedReport(string Name, IReadOnlyList<EvaluationReport> Runs)
{
    public IReadOnlyList<RepeatedScore> Scores { get; } = RepeatedScore.Of([.. Runs.Select(run => run.Rows)]);

    public HeadlineAverage Average => Runs[0].Average;

    /// <summary>A score by the headline's average.</summary>
    public MeanAndDeviation Headline(RepeatedScore score) =>
        Average == HeadlineAverage.Pooled
            ? score.Pooled
            : Average == HeadlineAverage.Batch ? score.BatchMean ?? default : score.ImageMean;
}
