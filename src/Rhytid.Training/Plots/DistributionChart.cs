namespace Rhytid.Training.Plots;

/// <summary>How a score from 0 to 1 spreads over images, as a card.</summary>
internal static class DistributionChart
{
    private const int Bins = 20;

    public static Html Draw(string title, string scoreName, IReadOnlyList<double> values)
    {
        var counts = new int[Bins];
        foreach (var value in values)
            counts[Math.Clamp((int)(value * Bins), 0, Bins - 1)]++;
        var frame = new ChartFrame((0, 1), (0, counts.Max()));
        var bars = counts.Select((count, bin) => frame.Bar((double)bin / Bins, (bin + 1.0) / Bins, count));
        return Html.Format(
            $"""
            <figure class="card"><figcaption>{title}</figcaption>
            {frame.Draw(title, scoreName, "images", Html.Join(bars))}
            </figure>

            """);
    }
}
