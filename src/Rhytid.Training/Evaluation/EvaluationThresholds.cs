using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

/// <summary>The precision-recall curve of all pixels and two thresholds on it.</summary>
/// <param name="map">Probabilities of the pixels of all photos.</param>
/// <param name="wanted">The recall for which a threshold is wanted.</param>
public sealed class EvaluationThresholds(ScoreHistogram map, double wanted)
{
    /// <summary>The curve.</summary>
    public PrecisionRecallCurve Curve { get; } = PrecisionRecallCurve.Compute(map);

    /// <summary>The recall for which a threshold is wanted.</summary>
    public double WantedRecall { get; } = wanted;

    /// <summary>The threshold of the best F1; null where no pixel is wrinkle.</summary>
    public OperatingPoint? BestF1 => Curve.BestF1;

    /// <summary>The highest threshold that reaches the wanted recall; null where no pixel is wrinkle.</summary>
    public OperatingPoint? AtRecall => Curve.AtRecall(WantedRecall);
}
