using Rhytid.Scores;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>The curve of all pixels and two places on it.</summary>
internal sealed class EvaluationThresholds(ScoreHistogram map, double wanted)
{
    public PrecisionRecallCurve Curve { get; } = PrecisionRecallCurve.Of(map);

    public double WantedRecall { get; } = wanted;

    public OperatingPoint? BestF1 => Curve.BestF1;

    public OperatingPoint? AtRecall => Curve.AtRecall(WantedRecall);
}
