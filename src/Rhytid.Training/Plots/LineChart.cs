using System.Globalization;

namespace Rhytid.Training.Plots;

/// <summary>Values over epochs or steps, as a card with legend.</summary>
/// <param name="Title">The card's.</param>
/// <param name="XLabel">What runs to the right.</param>
/// <param name="YLabel">What rises.</param>
/// <param name="Series">The lines; those without points are left out.</param>
internal sealed record LineChart(string Title, string XLabel, string YLabel, IReadOnlyList<ChartSeries> Series)
{
    // Few points are shown as such; among many only the mouse finds them.
    private const int MostDots = 40;

    /// <summary>Where the best epoch lies, or null.</summary>
    public double? Best { get; init; }

    /// <summary>The card; nothing where there is nothing to draw.</summary>
    public Html Draw()
    {
        var drawn =
            Series.Select(series => (series.Name, Points: series.Drawn))
                .Where(series => series.Points.Count > 0)
                .ToList();
        if (drawn.Count == 0)
            return Html.Empty;
        var (xs, ys) =
            (drawn.SelectMany(series => series.Points.Select(point => point.X)).ToList(),
                drawn.SelectMany(series => series.Points.Select(point => point.Y)).ToList());
        var frame = new ChartFrame((Math.Min(0, xs.Min()), xs.Max()), (ys.Min(), ys.Max()), wholeX: true);
        var lines = Html.Join(drawn.Select((series, place) => Line(series.Name, series.Points, place, frame)));
        return Html.Format(
            $"""
            <figure class="card"><figcaption>{Title}</figcaption>
            {Legend(drawn.ConvertAll(series => series.Name))}
            {frame.Draw(Title, XLabel, YLabel, Html.Format($"{BestLine(frame)}{lines}"))}
            {Notes()}</figure>

            """);
    }

    private Html Line(string name, IReadOnlyList<(double X, double Y)> points, int place, ChartFrame frame)
    {
        var path = string.Join(
            ' ', points.Select(point => $"{ChartFrame.Place(frame.X(point.X))},{ChartFrame.Place(frame.Y(point.Y))}"));
        var dots = Html.Join(points.Select(point => Html.Format(
            $"""<circle class="{(points.Count <= MostDots ? "dot" : "ghost")}" cx="{ChartFrame.Place(frame.X(point.X))}" cy="{ChartFrame.Place(frame.Y(point.Y))}" r="3"><title>{name}, {XLabel} {Number(point.X)}: {Number(point.Y)}</title></circle>""")));
        return Html.Format($"""<g class="series s{place % 6}"><polyline points="{path}"/>{dots}</g>""");
    }

    private Html BestLine(ChartFrame frame) => Best is not { } best
        ? Html.Empty
        : Html.Format(
            $"""<line class="best" x1="{ChartFrame.Place(frame.X(best))}" x2="{ChartFrame.Place(frame.X(best))}" y1="{ChartFrame.Place(ChartFrame.Ceiling)}" y2="{ChartFrame.Place(ChartFrame.Floor)}"><title>best {XLabel}: {Number(best)}</title></line>""");

    private Html Legend(List<string> names)
    {
        // One line is what the title says.
        if (names.Count == 1 && Best is null)
            return Html.Empty;
        var entries =
            names.Select((name, place) => Html.Format($"""<li><span class="swatch s{place % 6}"></span>{name}</li>"""));
        return Html.Format(
            $"""<ul class="legend">{entries}{(Best is null ? Html.Empty : Html.Format($"""<li><span class="swatch best"></span>best {XLabel}</li>"""))}</ul>""");
    }

    private Html Notes() => Html.Join(Series.SelectMany(series => new[]
    {
        series.PointsPerMean > 1
            ? Html.Format($"""<p class="note">{series.Name}: each point is the mean of {series.PointsPerMean} steps.</p>""")
            : Html.Empty,
        series.NoNumbers > 0
            ? Html.Format(
                $"""<p class="note bad">{series.Name}: {series.NoNumbers} of {series.Points.Count} values are no number (NaN or infinite).</p>""")
            : Html.Empty,
    }));

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is < 1e-3 and > 0 ? "0.###e-0" : "0.####", CultureInfo.InvariantCulture);
}

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
