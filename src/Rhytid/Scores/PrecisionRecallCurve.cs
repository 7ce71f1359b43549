namespace Rhytid.Scores;

/// <summary>Precision and recall at every threshold that makes a difference.</summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(IReadOnlyList<OperatingPoint> points) => Points = points;

    /// <summary>
    /// From the highest threshold to the lowest, so recall never falls; empty where there is no wrinkle pixel.
    /// </summary>
    public IReadOnlyList<OperatingPoint> Points { get; }

    /// <summary>Sum of (R_k - R_(k-1)) P_k over the points; NaN where there is no wrinkle pixel.</summary>
    /// <remarks>
    /// A step function, as scikit-learn has it: straight lines between points would flatter the curve.
    /// </remarks>
    public double AveragePrecision
    {
        get
        {
            var (sum, recall) = (0.0, 0.0);
            foreach (var point in Points)
            {
                sum += (point.Recall - recall) * point.Precision;
                recall = point.Recall;
            }
            return Points.Count == 0 ? double.NaN : sum;
        }
    }

    /// <summary>
    /// The point with the highest F1, of several the one with the highest threshold; null where there is no wrinkle
    /// pixel.
    /// </summary>
    public OperatingPoint? BestF1 => Points.Count == 0 ? null : Points.MaxBy(point => point.F1);

    /// <summary>The curve of a histogram.</summary>
    public static PrecisionRecallCurve Compute(ScoreHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var points = new List<OperatingPoint>();
        var (truePositives, falsePositives) = (0L, 0L);
        for (var bin = ScoreHistogram.Bins - 1; bin >= 0 && histogram.PositiveCount > 0; bin--)
        {
            var (positives, negatives) = (histogram.Positives[bin], histogram.Negatives[bin]);
            if (positives + negatives == 0)
                continue;
            truePositives += positives;
            falsePositives += negatives;
            points.Add(new OperatingPoint(ScoreHistogram.ProbabilityOf(bin),
                (double)truePositives / (truePositives + falsePositives),
                    (double)truePositives / histogram.PositiveCount));
        }
        return new PrecisionRecallCurve(points);
    }

    /// <summary>
    /// The highest threshold that still finds the wanted share of the wrinkle pixels; null where there is none.
    /// </summary>
    /// <param name="wanted">Recall, 0 to 1.</param>
    public OperatingPoint? AtRecall(double wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, 1);
        foreach (var point in Points)
            if (point.Recall >= wanted)
                return point;
        return null;
    }
}

/// <summary>What a threshold gives.</summary>
/// <param name="Threshold">Pixels of this probability and above are called wrinkle.</param>
/// <param name="Precision">Share of those that are right.</param>
/// <param name="Recall">Share of the wrinkle pixels that are found.</param>
public readonly record struct OperatingPoint(double Threshold, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
