using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class FaceFeaturesTests
{
    // Red in CIE L*a*b* is (53.2, 80.1, 67.2); contrast of nothing is 8 ln 0.3.
    [Fact]
    public void A_plain_picture_has_its_colour_and_the_least_contrast()
    {
        var features = FaceFeatures.Measure(Plain(255, 0, 0), 8);

        for (var i = 0; i < 64; i++)
        {
            Assert.Equal(53.2, features.Values[FaceFeatures.Lightness][i], 0.3);
            Assert.Equal(80.1, features.Values[FaceFeatures.GreenRed][i], 0.6);
            Assert.Equal(67.2, features.Values[FaceFeatures.BlueYellow][i], 0.6);
            Assert.Equal(8 * Math.Log(0.3), features.Values[FaceFeatures.Contrast][i], 1e-3);
        }
    }

    [Fact]
    public void Places_run_from_minus_1_to_1_by_their_middles()
    {
        var features = FaceFeatures.Measure(Plain(90, 90, 90), 4);

        Assert.Equal([-0.75f, -0.25f, 0.25f, 0.75f], features.X[4..8]);
        Assert.Equal([-0.75f, -0.25f, 0.25f, 0.75f], new[] { 1, 5, 9, 13 }.Select(i => features.Y[i]));
    }

    [Fact]
    public void Fine_stripes_have_contrast_and_slow_shading_has_none()
    {
        var (stripes, shade) = (Plain(0, 0, 0), Plain(0, 0, 0));
        for (var y = 0; y < 128; y++)
            for (var x = 0; x < 128; x++)
            {
                stripes.Row(y).Slice(3 * x, 3).Fill((byte)(x % 2 == 0 ? 90 : 160));
                shade.Row(y).Slice(3 * x, 3).Fill((byte)(60 + x));
            }

        float Middle(Image image) => FaceFeatures.Measure(image, 16).Values[FaceFeatures.Contrast][(8 * 16) + 8];

        Assert.True(Middle(stripes) > 8 * MathF.Log(8));
        Assert.True(Middle(shade) < 8 * MathF.Log(0.8f));
    }

    private static Image Plain(byte red, byte green, byte blue)
    {
        var image = new Image(128, 128);
        image.Fill(new(0, 0, 128, 128), new Rgb(red, green, blue));
        return image;
    }
}
