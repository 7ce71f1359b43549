namespace Rhytid.Imaging.Tests;

public sealed class ColorsTests
{
    // 0.299, 0.587 and 0.114 times 255: 76.2, 149.7 and 29.1.
    [Fact]
    public void Grey_weighs_green_most()
    {
        var image = Image.FromPixels([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255], 4, 1);

        Assert.Equal([76, 150, 29, 255], image.ToGray().Samples.ToArray());
    }

    // By the formulas of CIE 15 under D65, scaled to bytes: L * 2.55, a + 128, b + 128.
    [Theory]
    [InlineData(255, 0, 0, 135.8, 208.1, 195.2)]
    [InlineData(0, 255, 0, 223.7, 41.8, 211.2)]
    [InlineData(0, 0, 255, 82.4, 207.2, 20.1)]
    [InlineData(255, 255, 255, 255, 128, 128)]
    [InlineData(198, 134, 66, 156.0, 146.0, 173.6)]
    public void Lab_follows_the_formulas(byte red, byte green, byte blue, double l, double a, double b)
    {
        var (planeL, planeA, planeB) = Image.FromPixels([red, green, blue], 1, 1).ToLab();

        Assert.Equal(l, planeL[0, 0], 1.0);
        Assert.Equal(a, planeA[0, 0], 1.0);
        Assert.Equal(b, planeB[0, 0], 1.0);
    }

    [Fact]
    public void Channels_are_red_green_blue_and_grey_fills_all_three()
    {
        var image = Image.FromPixels([1, 2, 3, 4, 5, 6], 2, 1);

        Assert.Equal([1, 4], image.Channel(0).Samples.ToArray());
        Assert.Equal([3, 6], image.Channel(2).Samples.ToArray());
        Assert.Equal([2, 2, 2, 5, 5, 5], image.Channel(1).ToImage().Samples.ToArray());
    }

    [Fact]
    public void Floats_are_scaled_rounded_and_limited()
    {
        var floats = Plane<float>.FromPixels([-0.1f, 0.1f, 0.499f, 0.6f, 1.2f], 5, 1);

        Assert.Equal([0, 26, 127, 153, 255], floats.ToBytes(255).Samples.ToArray());
        Assert.Equal([0, 0, 0, 1, 1], floats.ToBytes().Samples.ToArray());
    }

    [Fact]
    public void Bytes_survive_the_way_through_floats()
    {
        var bytes = Plane<byte>.FromPixels([.. Enumerable.Range(0, 256).Select(i => (byte)i)], 16, 16);

        Assert.Equal(200f, bytes.ToFloat()[8, 12]);
        Assert.Equal(bytes.Samples.ToArray(), bytes.ToFloat().ToBytes().Samples.ToArray());
    }
}
