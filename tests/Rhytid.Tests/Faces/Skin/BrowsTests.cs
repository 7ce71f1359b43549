using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class BrowsTests
{
    private const int Side = 256;

    // A dark streak of 60 x 12 in skin of 180.
    [Theory]
    [InlineData(60, true)]
    [InlineData(155, true)]
    [InlineData(170, false)]
    public void A_streak_is_a_brow_where_it_is_darker_by_a_tenth(byte level, bool isBrow)
    {
        var brows = Brows.Find(Skin(level, height: 12), Prior(100, 100, 80, 40));

        Assert.Equal(isBrow, brows[130, 116]);
        Assert.InRange(brows.Count(), isBrow ? 60 * 12 : 0, isBrow ? 64 * 20 : 0);
    }

    [Fact]
    public void A_streak_where_nobody_has_brows_is_none() =>
        Assert.Equal(0, Brows.Find(Skin(60, height: 12), Prior(20, 200, 60, 30)).Count());

    // Higher than the closing: a fringe, not a brow.
    [Fact]
    public void A_high_dark_area_is_no_streak() =>
        Assert.Equal(0, Brows.Find(Skin(60, height: 50), Prior(112, 125, 36, 20)).Count());

    private static Image Skin(byte level, int height)
    {
        var image = new Image(Side, Side);
        image.Samples.Fill(180);
        image.Fill(new(100, 110, 60, height), new Rgb(level, level, level));
        return image;
    }

    // On a grid of a quarter of the crop.
    private static Plane<float> Prior(int left, int top, int width, int height)
    {
        var prior = new Plane<float>(Side / 4, Side / 4);
        for (var y = top / 4; y < (top + height) / 4; y++)
            prior.Row(y).Slice(left / 4, width / 4).Fill(1);
        return prior;
    }
}
