using Rhytid.Imaging;
using Rhytid.Segmentation;

namespace Rhytid.Tests.Segmentation;

public sealed class WrinkleMaskTests
{
    // 3-4-5 and 5-12-13.
    [Fact]
    public void A_track_is_as_long_as_its_steps()
    {
        Assert.Equal(18, new WrinkleTrack([new(1, 1), new(4, 5), new(9, 17)]).LengthPixels, 1e-5f);
        Assert.Equal(0, new WrinkleTrack([new(1, 1)]).LengthPixels);
        Assert.Equal(0, new WrinkleTrack([]).LengthPixels);
    }

    [Fact]
    public void A_method_that_knows_no_more_says_no_more()
    {
        var mask = new WrinkleMask(new Mask(2, 2));

        Assert.Empty(mask.Tracks);
        Assert.Null(mask.Levels);
        Assert.False(mask.IsDrawn);
    }
}
