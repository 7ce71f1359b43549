using Rhytid.Imaging;

namespace Rhytid.Imaging.Tests;

public sealed class GrayMorphologyTests
{
    private static readonly Plane<byte> Row = Plane<byte>.FromPixels([9, 9, 2, 9, 9, 5, 5, 5, 9], 9, 1);

    [Fact]
    public void Erosion_takes_the_darkest_and_dilation_the_brightest_neighbour()
    {
        Assert.Equal<byte>([9, 2, 2, 2, 5, 5, 5, 5, 5], Row.Erode(3, ElementShape.Rectangle).Samples.ToArray());
        Assert.Equal<byte>([9, 9, 9, 9, 9, 9, 5, 9, 9], Row.Dilate(3, ElementShape.Rectangle).Samples.ToArray());
    }

    [Fact]
    public void Closing_removes_dark_detail_narrower_than_the_element_and_keeps_the_rest()
    {
        Assert.Equal<byte>([9, 9, 9, 9, 9, 5, 5, 5, 9], Row.Close(3, ElementShape.Rectangle).Samples.ToArray());
    }

    [Fact]
    public void An_element_has_a_size()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Row.Close(0));
    }
}
