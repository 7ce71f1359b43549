using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class LineMapTests
{
    // 0.6 on the left half of a line, 0.3 on its right half; linked from 0.5 down to 0.25 by default.
    [Theory]
    [InlineData(null, 40)]
    [InlineData(0.6f, 40)]
    [InlineData(0.59f, 40)]
    [InlineData(0.61f, 0)]
    [InlineData(0.2f, 40)]
    public void The_weak_threshold_follows_the_strong_one(float? threshold, int pixels)
    {
        var mask = Map(strong: 0.6f, weak: 0.3f).ToMask(threshold);

        Assert.Equal(pixels, mask.Pixels.Count());
        Assert.True(mask.IsDrawn);
    }

    // Half of 0.58 is more than 0.28 and half of 0.55 less.
    [Theory]
    [InlineData(0.58f, 20)]
    [InlineData(0.55f, 40)]
    public void A_faint_end_goes_first(float threshold, int pixels) =>
        Assert.Equal(pixels, Map(strong: 0.6f, weak: 0.28f).ToMask(threshold).Pixels.Count());

    [Fact]
    public void The_map_is_the_response_at_the_faces_size()
    {
        var map = Map(strong: 0.6f, weak: 0.3f);

        Assert.Equal((0.5f, 64), (map.DefaultThreshold, map.Values.Width));
        Assert.Equal(0.6f, map.Values[15, 32]);
        Assert.Equal(0, map.Values[15, 40]);
    }

    private static LineMap Map(float strong, float weak)
    {
        var response = new Plane<float>(64, 64);
        for (var x = 12; x < 52; x++)
            response[x, 32] = x < 32 ? strong : weak;
        var face = WorkingFace.Prepare(FaceImage.FromAligned(Light()), Mask.Full(64, 64));
        return LineMap.Linked(
            face, response, strong: 0.5f, weak: 0.25f, new LineFilter { MinLengthPixels = 10, PenRadiusPixels = 0 });
    }

    private static Image Light()
    {
        var image = new Image(64, 64);
        image.Samples.Fill(180);
        return image;
    }
}
