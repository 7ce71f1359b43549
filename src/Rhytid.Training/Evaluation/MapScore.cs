using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

/// <summary>One score of a map of probabilities, which no threshold enters.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="Of">Its value; NaN where it is undefined.</param>
public sealed record MapScore(string Name, string Key, Func<ScoreHistogram, double> Of)
{
    /// <summary>AUC, average precision, calibration error.</summary>
    public static IReadOnlyList<MapScore> All { get; } =
    [
        new("AUC (ROC)", "auc", histogram => histogram.Auc),
        new("average precision", "average_precision", histogram => PrecisionRecallCurve.Compute(histogram).AveragePrecision),
        new("calibration error", "calibration_error", histogram => CalibrationError.Compute(histogram)),
    ];
}
