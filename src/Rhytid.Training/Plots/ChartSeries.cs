namespace Rhytid.Training.Plots;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">From left to right; values that are no number are left out of the line.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    // More points than this lie closer than the line is wide.
    private const int MostPoints = 300;

    /// <summary>How many points stand for one of the chart's.</summary>
    public int PointsPerMean => (Points.Count + MostPoints - 1) / MostPoints;

    /// <summary>How many values cannot be drawn.</summary>
    public int NoNumbers => Points.Count(point => !double.IsFinite(point.Y));

    /// <summary>What is drawn: means of neighbouring points where there are many.</summary>
    public IReadOnlyList<(double X, double Y)> Drawn =>
        [.. Points.Where(point => double.IsFinite(point.Y))
            .Chunk(Math.Max(1, PointsPerMean))
            .Select(chunk => (chunk.Average(point => point.X), chunk.Average(point => point.Y)))];
}
