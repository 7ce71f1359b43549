using System.Globalization;

namespace Rhytid.Training.Plots;

/// <summary>One histogram of a plot.</summary>
/// <param name="Title">Heading of the panel.</param>
/// <param name="Values">The values, 0 and more.</param>
/// <param name="Median">Marked by a line.</param>
public sealed record HistogramPanel(string Title, IReadOnlyCollection<double> Values, double Median);

/// <summary>Histograms one above the other over one horizontal axis, as an SVG document.</summary>
public static class HistogramPlot
{
    private const int TitleBand = 44;
    private const int PanelTitleBand = 30;
    private const int MostBins = 50;

    // Between the tallest bar and the frame, for the median's label.
    private const double HeadRoom = 0.15;

    private const string Css =
        """
        text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #282c34; }
        .title { font-size: 16px; font-weight: 600; } .panel { font-weight: 600; }
        .grid { stroke: #e4e7ec; } .notch { stroke: #69707c; } .tick, .axis { fill: #69707c; }
        .bar { fill: #4a7cb2; } .median { stroke: #d6601e; stroke-width: 1.5; stroke-dasharray: 5 4; }
        text.median { stroke: none; fill: #d6601e; }
        """;

    /// <summary>Draws the plot.</summary>
    /// <param name="title">Heading of the whole plot.</param>
    /// <param name="horizontal">What the values are, with their unit.</param>
    /// <param name="vertical">What is counted.</param>
    /// <param name="panels">The histograms, at least one.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(
        string title, string horizontal, string vertical, IReadOnlyList<HistogramPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count == 0)
            throw new ArgumentException("there is nothing to draw", nameof(panels));
        const double panelHeight = PanelTitleBand + ChartFrame.Height;
        var height = TitleBand + (panels.Count * panelHeight);
        // One axis for all, so that bars of different panels can be compared.
        var largest = panels.Max(panel => panel.Values.DefaultIfEmpty(0).Max());
        var drawn = panels.Select((panel, place) => Html.Format(
            $"""
            <g transform="translate(0 {TitleBand + (place * panelHeight)})"><text class="panel" x="16" y="18">{panel.Title}</text>
            <g transform="translate(0 {PanelTitleBand})">{Panel(panel, largest, horizontal, vertical)}</g></g>

            """));
        return Html.Format(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{ChartFrame.Width}" height="{height}" viewBox="0 0 {ChartFrame.Width} {height}" role="img">
            <title>{title}</title>
            <style>{new Html(Css)}</style>
            <rect width="{ChartFrame.Width}" height="{height}" fill="#ffffff"/>
            <text class="title" x="16" y="28">{title}</text>
            {drawn}</svg>

            """).Markup;
    }

    private static Html Panel(HistogramPanel panel, double largest, string horizontal, string vertical)
    {
        var histogram = Histogram.Compute(panel.Values, MostBins, largest);
        var frame = new ChartFrame((0, histogram.End), (0, histogram.Tallest * (1 + HeadRoom)), wholeY: true);
        var bars = histogram.Counts.Select(
            (count, bin) => frame.Bar(bin * histogram.BinWidth, (bin + 1) * histogram.BinWidth, count));
        return frame.Content(horizontal, vertical, Html.Format($"{bars}{Median(frame, panel.Median, histogram.End)}"));
    }

    private static Html Median(ChartFrame frame, double median, double end)
    {
        var x = frame.X(median);
        var (anchor, shift) = median < end / 2 ? ("start", 6) : ("end", -6);
        var label = string.Create(CultureInfo.InvariantCulture, $"median {median:0.00}");
        return Html.Format(
            $"""
            <line class="median" x1="{ChartFrame.Place(x)}" x2="{ChartFrame.Place(x)}" y1="{ChartFrame.Ceiling}" y2="{ChartFrame.Floor}"/>
            <text class="median" text-anchor="{anchor}" x="{ChartFrame.Place(x + shift)}" y="{ChartFrame.Ceiling + 10}">{label}</text>
            """);
    }
}
