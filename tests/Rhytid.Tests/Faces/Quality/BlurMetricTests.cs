using Rhytid.Faces.Quality;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Quality;

public sealed class BlurMetricTests
{
    // Values of scikit-image 0.19's blur_effect(image, h_size=11) on the same pictures.
    [Fact]
    public void Blur_agrees_with_scikit_image()
    {
        Assert.Equal(
            0.11767095500258923,
            BlurMetric.Compute(Picture((x, y) => ((x * x * 7) + (y * 13) + (x * y * 3)) % 251)), 3);
        Assert.Equal(
            0.8981444752457781,
            BlurMetric.Compute(Picture((x, y) => 100 + (60 * MathF.Sin(x / 5f)) + (40 * MathF.Cos(y / 7f)))), 3);
    }

    [Fact]
    public void A_flat_picture_is_all_blur() => Assert.Equal(1, BlurMetric.Compute(Picture((_, _) => 90)));

    [Fact]
    public void A_blur_in_one_direction_counts_and_a_turned_picture_has_the_same()
    {
        var stripes = Picture((x, y) => (x * 37 % 101) + (y * 53 % 89));
        var turned = new Plane<float>(stripes.Height, stripes.Width);
        for (var y = 0; y < stripes.Height; y++)
            for (var x = 0; x < stripes.Width; x++)
                turned[y, x] = stripes[x, y];

        Assert.Equal(BlurMetric.Compute(stripes), BlurMetric.Compute(turned), 1e-4f);
        Assert.True(BlurMetric.Compute(stripes.BoxMean(1, 5)) > BlurMetric.Compute(stripes) + 0.1f);
    }

    private static Plane<float> Picture(Func<int, int, float> level)
    {
        var plane = new Plane<float>(64, 48);
        for (var y = 0; y < 48; y++)
            for (var x = 0; x < 64; x++)
                plane[x, y] = level(x, y);
        return plane;
    }
}
