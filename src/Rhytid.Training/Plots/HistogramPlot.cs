using System.Drawing;
using System.Globalization;
using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Training.Plots;

/// <summary>Histograms one above the other over one horizontal axis, as a picture.</summary>
public static class HistogramPlot
{
    private const int Width = 880;
    private const int PanelHeight = 190;
    private const int TitleBand = 44;
    private const int PanelTitleBand = 34;
    private const int AxisBand = 26;
    private const int UnitBand = 30;
    private const int Left = 64;
    private const int Right = 28;
    private const int MostTicks = 11;
    private const int MostBins = 50;
    private const int MostRows = 6;

    // For the median's label, which would otherwise lie on the tallest bars.
    private const double HeadRoom = 0.1;

    /// <summary>Draws the plot.</summary>
    /// <param name="title">What stands above all of it.</param>
    /// <param name="horizontal">What the values are, with their unit.</param>
    /// <param name="vertical">What is counted.</param>
    /// <param name="panels">The histograms, at least one.</param>
    public static Imaging.Image Draw(
        string title, string horizontal, string vertical, IReadOnlyList<HistogramPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count == 0)
            throw new ArgumentException("there is nothing to draw", nameof(panels));
        var height = TitleBand + (panels.Count * (PanelTitleBand + PanelHeight + AxisBand)) + UnitBand;
        var image = new Imaging.Image(Width, height);
        image.Fill(new Rectangle(0, 0, Width, height), PlotStyle.Paper);
        image.DrawText(title, new Vector2(Left, 30), PlotStyle.Ink, PlotStyle.TitleHeight);

        // One axis for all, so that bars of different panels can be compared.
        var histograms =
            panels.Select(panel => Histogram.Of(panel.Values, MostBins, panels.Max(other => other.Values.Max())))
                .ToList();
        var top = TitleBand;
        foreach (var (panel, histogram) in panels.Zip(histograms))
        {
            DrawPanel(
                image, panel, histogram, vertical,
                new Rectangle(Left, top + PanelTitleBand, Width - Left - Right, PanelHeight));
            top += PanelTitleBand + PanelHeight + AxisBand;
        }
        image.DrawText(
            horizontal,
            new Vector2(
                Left + ((Width - Left - Right - TextDrawing.MeasureText(horizontal, PlotStyle.LabelHeight)) / 2f),
                top + 16),
            PlotStyle.Ink, PlotStyle.LabelHeight);
        return image;
    }

    private static void DrawPanel(
        Imaging.Image image, HistogramPanel panel, Histogram histogram, string vertical, Rectangle area)
    {
        image.DrawText(panel.Title, new Vector2(area.Left, area.Top - 12), PlotStyle.FaintInk, PlotStyle.LabelHeight);
        WriteRight(image, vertical, area.Right, area.Top - 12, PlotStyle.FaintInk);

        var highest = histogram.Tallest * (1 + HeadRoom);
        var step = Math.Max(1, AxisSteps.For(highest, MostRows));
        var rows = step * Math.Ceiling(highest / step);
        for (var count = 0.0; count <= rows; count += step)
        {
            var y = area.Bottom - (int)Math.Round(area.Height * count / rows);
            image.Fill(new Rectangle(area.Left, y, area.Width, 1), PlotStyle.Grid);
            WriteRight(image, count.ToString(CultureInfo.InvariantCulture), area.Left - 10, y + 4, PlotStyle.Ink);
        }
        for (var bin = 0; bin < histogram.Counts.Count; bin++)
        {
            var (from, to) = (XOf(bin), XOf(bin + 1));
            var height = (int)Math.Round(area.Height * histogram.Counts[bin] / rows);
            image.Fill(
                new Rectangle(from + 1, area.Bottom - height, Math.Max(1, to - from - 1), height), PlotStyle.Bar);
        }
        image.Fill(new Rectangle(area.Left, area.Bottom, area.Width, 1), PlotStyle.FaintInk);

        var tick = AxisSteps.For(histogram.End, MostTicks);
        for (var value = 0.0; value <= histogram.End * (1 + 1e-9); value += tick)
        {
            var x = XOf(value / histogram.BinWidth);
            image.Fill(new Rectangle(x, area.Bottom, 1, 5), PlotStyle.FaintInk);
            var label = AxisSteps.Label(value, tick);
            image.DrawText(
                label, new Vector2(x - (TextDrawing.MeasureText(label, PlotStyle.LabelHeight) / 2f), area.Bottom + 18),
                PlotStyle.Ink, PlotStyle.LabelHeight);
        }
        DrawMedian(image, panel.Median, XOf(panel.Median / histogram.BinWidth), area);

        int XOf(double bins) => area.Left + (int)Math.Round(area.Width * bins / histogram.Counts.Count);
    }

    private static void DrawMedian(Imaging.Image image, double median, int x, Rectangle area)
    {
        const int dash = 6;
        for (var y = area.Top; y < area.Bottom; y += 2 * dash)
            image.Fill(new Rectangle(x, y, 2, Math.Min(dash, area.Bottom - y)), PlotStyle.Accent);
        var label = string.Create(CultureInfo.InvariantCulture, $"median {median:0.00}");
        var width = TextDrawing.MeasureText(label, PlotStyle.LabelHeight);
        var left = x + 8 + width < area.Right ? x + 8 : x - 8 - width;
        image.Fill(new Rectangle(left - 3, area.Top + 1, width + 6, 15), PlotStyle.Paper);
        image.DrawText(label, new Vector2(left, area.Top + 12), PlotStyle.Accent, PlotStyle.LabelHeight);
    }

    private static void WriteRight(Imaging.Image image, string text, int right, int y, Rgb color) =>
        image.DrawText(
            text, new Vector2(right - TextDrawing.MeasureText(text, PlotStyle.LabelHeight), y), color,
            PlotStyle.LabelHeight);
}
