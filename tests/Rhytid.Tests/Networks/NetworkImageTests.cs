using Rhytid.Imaging;
using Rhytid.Networks;

namespace Rhytid.Tests.Networks;

public sealed class NetworkImageTests
{
    private static readonly Image Colors = Image.FromPixels([0, 51, 255, 102, 204, 153], 2, 1);

    // 0, 0.2, 1, 0.4, 0.8 and 0.6, less the mean and divided by the deviation of each channel.
    [Fact]
    public void Every_channel_has_its_mean_and_deviation()
    {
        var network = NetworkImage.Normalize(
            Colors, null, null, new Preprocessing { Mean = [0.5, 0.1, 0], Deviation = [0.5, 0.1, 2] });

        AssertClose([-1, 1, 0.5f, -0.2f, 7, 0.3f], network.Pixels);
        Assert.Equal((1, 2, 3), (network.Height, network.Width, network.Channels));
    }

    [Fact]
    public void Outside_the_mask_colour_is_black_and_the_texture_stays()
    {
        var texture = Plane<byte>.FromPixels([255, 51], 2, 1);
        var inside = new Mask(2, 1);
        inside[1, 0] = true;

        var network = NetworkImage.Normalize(Colors, texture, inside, Preprocessing.Moon(4, masked: true));

        AssertClose([-1, -1, -1, 1, -0.2f, 0.6f, 0.2f, -0.6f], network.Pixels);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
