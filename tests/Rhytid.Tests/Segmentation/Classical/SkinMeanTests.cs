using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class SkinMeanTests
{
    [Fact]
    public void Means_over_skin_ignore_what_is_not_skin()
    {
        var gray = Plain(60, 60);
        var skin = Mask.Full(60, 60);
        for (var y = 0; y < 60; y++)
        {
            for (var x = 0; x < 30; x++)
            {
                gray[x, y] = 5;
                skin[x, y] = false;
            }
        }
        var flat = SkinMean.Flatten(gray, skin, sigmaPixels: 8);
        var expected = SkinMean.FlatGray * 128 / 129; // gray / (mean + 1)
        Assert.Equal(expected, flat[30, 30], 0.01f);
        Assert.Equal(expected, flat[55, 30], 0.01f);
        Assert.Equal(SkinMean.FlatGray, flat[10, 30]);
    }

    // A window of 3 x 3 whose left column is no skin: the mean of the other six.
    [Fact]
    public void A_window_counts_its_skin_only()
    {
        var response = Plane<float>.FromPixels([90, 1, 2, 90, 3, 4, 90, 5, 6], 3, 3);
        var skin = Mask.Full(3, 3);
        skin[0, 0] = skin[0, 1] = skin[0, 2] = false;

        Assert.Equal(21 / 6f, SkinMean.Box(response, skin, 3)[1, 1], 1e-4f);
        Assert.Equal(0, SkinMean.Box(response, new Mask(3, 3), 3)[1, 1]);
    }

    private static Plane<float> Plain(int width, int height)
    {
        var plane = new Plane<float>(width, height);
        plane.Samples.Fill(128);
        return plane;
    }
}
