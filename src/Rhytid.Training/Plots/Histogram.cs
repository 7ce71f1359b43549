namespace Rhytid.Training.Plots;

/// <summary>How many values fall into each of several equal bins, from 0 up.</summary>
/// <param name="BinWidth">Width of a bin; each holds its lower end and not its upper one, the last one both.</param>
/// <param name="Counts">Values in each bin.</param>
public sealed record Histogram(double BinWidth, IReadOnlyList<int> Counts)
{
    /// <summary>Where the last bin ends.</summary>
    public double End => BinWidth * Counts.Count;

    /// <summary>The most values in a bin.</summary>
    public int Tallest => Counts.Max();

    /// <summary>Counts values of 0 and more.</summary>
    /// <param name="values">The values.</param>
    /// <param name="mostBins">How many bins there are at most; their width is a round number.</param>
    /// <param name="maximum">The largest value for which there has to be room; the largest there is unless
    /// given.</param>
    public static Histogram Compute(IReadOnlyCollection<double> values, int mostBins = 20, double? maximum = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var largest = maximum ?? values.DefaultIfEmpty(0).Max();
        var width = AxisSteps.For(largest, mostBins);
        var counts = new int[Math.Max(1, (int)Math.Ceiling((largest / width) - 1e-9))];
        foreach (var value in values)
            counts[Math.Clamp((int)((value / width) + 1e-9), 0, counts.Length - 1)]++;
        return new Histogram(width, counts);
    }
}
