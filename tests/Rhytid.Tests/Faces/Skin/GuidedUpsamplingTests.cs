using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class GuidedUpsamplingTests
{
    private const int Side = 512;

    [Fact]
    public void An_even_map_stays_even_whatever_the_picture_shows()
    {
        var face = FaceImage.FromAligned(Step());
        var map = new Plane<float>(32, 32);
        map.Samples.Fill(0.7f);

        var raised = GuidedUpsampling.Raise(map, AtlasCrop.Cut(face), face);

        // The outermost pixels lie half outside the crop, where there is nothing.
        for (var y = 1; y < Side - 1; y++)
            foreach (var value in raised.Row(y)[1..^1])
                Assert.Equal(0.7f, value, 2e-3f);
    }

    // Between places of 16 pixels, a linear rise takes 16 pixels; the picture's edge takes one.
    [Fact]
    public void An_edge_of_the_map_becomes_as_sharp_as_the_pictures()
    {
        var face = FaceImage.FromAligned(Step());
        var map = new Plane<float>(32, 32);
        for (var y = 0; y < 32; y++)
            map.Row(y)[16..].Fill(1);

        var raised = GuidedUpsampling.Raise(map, AtlasCrop.Cut(face), face);

        Assert.InRange(raised[230, 256], -0.1f, 0.1f);
        Assert.InRange(raised[282, 256], 0.9f, 1.1f);
        Assert.True(raised[258, 256] - raised[253, 256] > 0.5f);
        Assert.True(map.Resize(Side, Side, Interpolation.Linear)[258, 256] - map.Resize(
            Side, Side, Interpolation.Linear)[253, 256] < 0.4f);
    }

    private static Image Step()
    {
        var image = new Image(Side, Side);
        image.Samples.Fill(40);
        image.Fill(new(Side / 2, 0, Side / 2, Side), new Rgb(210, 210, 210));
        return image;
    }
}
