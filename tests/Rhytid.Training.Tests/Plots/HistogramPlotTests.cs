using System.Globalization;
using System.Xml.Linq;
using Rhytid.Training.Plots;

namespace Rhytid.Training.Tests.Plots;

public class HistogramPlotTests
{
    [Theory]
    [InlineData(10, 5, 2)]
    [InlineData(11, 5, 5)]
    [InlineData(0.3, 3, 0.1)]
    [InlineData(7, 1, 10)]
    [InlineData(1500, 6, 500)]
    [InlineData(0, 5, 1)]
    public void Steps_are_round(double maximum, int most, double expected) =>
        Assert.Equal(expected, AxisSteps.For(maximum, most), 12);

    [Theory]
    [InlineData(0.6, 0.2, "0.6")]
    [InlineData(0.25, 0.05, "0.25")]
    [InlineData(15, 5, "15")]
    [InlineData(2, 0.5, "2.0")]
    public void Labels_have_the_digits_that_the_step_needs(double value, double step, string expected) =>
        Assert.Equal(expected, AxisSteps.Label(value, step));

    [Fact]
    public void Values_fall_into_the_bin_that_starts_with_them_and_the_largest_into_the_last()
    {
        var histogram = Histogram.Compute([0, 0.1, 0.2, 0.3, 0.6, 1], mostBins: 5);

        Assert.Equal(0.2, histogram.BinWidth, 12);
        Assert.Equal([2, 2, 0, 1, 1], histogram.Counts);
        Assert.Equal(2, histogram.Tallest);
    }

    [Fact]
    public void Without_a_value_or_with_zeros_alone_there_is_one_bin()
    {
        Assert.Equal([0], Histogram.Compute([]).Counts);
        Assert.Equal([3], Histogram.Compute([0, 0, 0]).Counts);
    }

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
