namespace Rhytid.Scores;

/// <summary>What a threshold gives.</summary>
/// <param name="Threshold">Pixels of this probability and above are called wrinkle.</param>
/// <param name="Precision">Share of those that are right.</param>
/// <param name="Recall">Share of the wrinkle pixels that are found.</param>
public readonly record struct OperatingPoint(double Threshold, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
