namespace Rhytid.Training.Plots;

/// <summary>One histogram of a plot.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Values">The values, 0 and more.</param>
/// <param name="Median">Marked by a line.</param>
public sealed record HistogramPanel(string Title, IReadOnlyCollection<double> Values, double Median);
