using System.Globalization;
using System.Xml.Linq;
using Rhytid.Training.Plots;

namespace Rhytid.Training.Tests.Plots;

public class HistogramPlotTests
{
    [Fact]
    public void Bars_stand_in_proportion_over_one_axis()
    {
        // 4 values below 1, 2 from 1 to 2; the second panel has one of 10, so the axis ends there.
        var bars = Bars(HistogramPlot.Draw(
            "title", "values", "photos", [new("a", [0.5, 0.5, 0.5, 0.5, 1.5, 1.5], 0.5), new("b", [10], 10)]));

        Assert.Equal(3, bars.Count);
        Assert.Equal(Number(bars[0], "height") / 2, Number(bars[1], "height"), 0.2);
        // Bins of 0.2: the bars begin at 0.4, 1.4 and 9.8.
        var unit = Number(bars[1], "x") - Number(bars[0], "x");
        Assert.Equal(9.4 * unit, Number(bars[2], "x") - Number(bars[0], "x"), 0.5);
        Assert.All(bars, bar => Assert.Equal(Number(bars[0], "width"), Number(bar, "width"), 0.2));
    }

    [Fact]
    public void Texts_are_escaped() =>
        Assert.Equal(
            "a < b & c",
            XDocument.Parse(HistogramPlot.Draw("a < b & c", "h", "v", [new("p", [1], 1)])).Root!.Elements().First().Value);

    [Fact]
    public void Sets_without_any_wrinkle_can_be_drawn() =>
        Assert.Single(Bars(HistogramPlot.Draw("t", "h", "v", [new("a", [0, 0], 0)])));

    [Fact]
    public void Nothing_cannot_be_drawn() =>
        Assert.Throws<ArgumentException>(() => HistogramPlot.Draw("t", "h", "v", []));

    private static List<XElement> Bars(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => (string?)element.Attribute("class") == "bar")];

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
