using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class HysteresisTests
{
    [Fact]
    public void A_weak_line_stays_only_where_it_touches_a_strong_one()
    {
        var response = Plane<float>.FromPixels([0.3f, 0.3f, 0.9f, 0, 0.3f, 0.3f], 6, 1);
        var linked = Hysteresis.Link(response, Mask.Full(6, 1), strong: 0.5f, weak: 0.2f);
        Assert.Equal([255, 255, 255, 0, 0, 0], linked.Samples.ToArray());
    }

    [Fact]
    public void Lines_are_followed_over_corners_and_not_beyond_what_is_searched()
    {
        var response = Plane<float>.FromPixels([0.9f, 0, 0, 0, 0.3f, 0, 0, 0, 0.3f], 3, 3);
        var searched = Mask.Full(3, 3);

        Assert.Equal(3, Hysteresis.Link(response, searched, strong: 0.5f, weak: 0.2f).Count());
        searched[1, 1] = false;
        Assert.Equal(1, Hysteresis.Link(response, searched, strong: 0.5f, weak: 0.2f).Count());
    }

    [Fact]
    public void A_threshold_is_reached_by_equality_and_never_by_nothing()
    {
        var response = Plane<float>.FromPixels([0, 0.2f, 0.5f, 0.7f], 4, 1);

        Assert.Equal([0, 0, 255, 255], Hysteresis.AtLeast(response, Mask.Full(4, 1), 0.5f).Samples.ToArray());
        Assert.Equal([0, 255, 255, 255], Hysteresis.AtLeast(response, Mask.Full(4, 1), 0).Samples.ToArray());
        Assert.Equal(0, Hysteresis.AtLeast(response, new Mask(4, 1), 0).Count());
    }
}
