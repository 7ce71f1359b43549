using Rhytid.Scores;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>
/// How values spread. Quartiles lie between the two nearest values in proportion, as NumPy and R have it by default.
/// </summary>
public sealed record Distribution(
    double Minimum, double LowerQuartile, double Median, double UpperQuartile, double Maximum, double Mean)
{
    /// <summary>The distribution of some values, of which there is at least one.</summary>
    public static Distribution Compute(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("there are no values", nameof(values));
        var sorted = values.Order().ToArray();
        return new Distribution(
            sorted[0], Quantile.At(sorted, 0.25), Quantile.At(sorted, 0.5), Quantile.At(sorted, 0.75), sorted[^1],
            values.Average());
    }
}
