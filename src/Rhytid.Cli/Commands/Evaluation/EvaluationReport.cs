using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Everything that an evaluation has to say, as tables or as JSON.</summary>
internal sealed record EvaluationReport
{
    public required string Name { get; init; }
    public required string Data { get; init; }
    public required bool HasScoredRegions { get; init; }
    public required int? WrinkleValue { get; init; }
    public required MaskEvaluation Evaluation { get; init; }
    public required HeadlineAverage Average { get; init; }
    public required int BatchSize { get; init; }
    public required IReadOnlyList<ScoreRow> Rows { get; init; }
    public required SubgroupEvaluation? Groups { get; init; }
    public required EvaluationThresholds? Thresholds { get; init; }

    /// <summary>The average that groups are compared by: batches of a group would be other photos.</summary>
    public HeadlineAverage GroupAverage => Average == HeadlineAverage.Batch ? HeadlineAverage.Image : Average;
}
