namespace Rhytid.Training.Datasets.Statistics;

/// <summary>How values spread. Quartiles lie between the two nearest values in proportion, as NumPy and R have it by default.</summary>
public sealed record Distribution(double Minimum, double LowerQuartile, double Median, double UpperQuartile, double Maximum, double Mean)
{
    /// <summary>The distribution of some values, of which there is at least one.</summary>
    public static Distribution Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("there are no values", nameof(values));
        var sorted = values.Order().ToArray();
        return new Distribution(sorted[0], At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75), sorted[^1], values.Average());
    }

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[below];
    }
}
