using Rhytid.Imaging;
using Rhytid.Segmentation;

namespace Rhytid.Tests.Segmentation;

public sealed class WrinkleMapTests
{
    private static readonly WrinkleMap Map = new(Plane<float>.FromPixels([0, 0.1f, 0.4f, 0.5f, 1], 5, 1), 0.5f);

    [Fact]
    public void The_recommended_threshold_counts_unless_another_is_given()
    {
        Assert.Equal([0, 0, 0, 255, 255], Map.ToMask().Pixels.Samples.ToArray());
        Assert.Equal([0, 0, 255, 255, 255], Map.ToMask(0.4f).Pixels.Samples.ToArray());
        Assert.Equal([0, 0, 0, 0, 255], Map.ToMask(1).Pixels.Samples.ToArray());
    }

    [Fact]
    public void A_threshold_of_0_takes_what_answers_at_all() =>
        Assert.Equal([0, 255, 255, 255, 255], Map.ToMask(0).Pixels.Samples.ToArray());

    [Fact]
    public void A_higher_threshold_finds_no_more()
    {
        for (var threshold = 0f; threshold < 1; threshold += 0.1f)
            Assert.Equal(
                0, Map.ToMask(threshold + 0.1f).Pixels.Except(Map.ToMask(threshold).Pixels).Count());
    }
}
