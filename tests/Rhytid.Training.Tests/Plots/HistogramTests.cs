using Rhytid.Training.Plots;

namespace Rhytid.Training.Tests.Plots;

public class HistogramTests
{
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
}
