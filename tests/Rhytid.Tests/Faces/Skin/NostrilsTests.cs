using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class NostrilsTests
{
    private const int Side = 512;

    [Fact]
    public void Dark_spots_under_the_nose_are_found_with_a_margin()
    {
        var nostrils = Nostrils.Find(Face((236, 325, 12, 30), (265, 325, 12, 30)));

        Assert.True(nostrils[242, 330] && nostrils[270, 330]);
        Assert.True(nostrils[233, 330]);
        Assert.False(nostrils[230, 330]);
        Assert.Equal(2, nostrils.Components().Components.Count);
    }

    // Half of the skin's 180 is the limit.
    [Theory]
    [InlineData(89, true)]
    [InlineData(90, false)]
    public void A_spot_is_darker_than_half_the_skin_around_it(byte level, bool isFound) =>
        Assert.Equal(isFound, Nostrils.Find(Face((240, 325, 12, level))).Count() > 0);

    // 0.18 % of the crop are 471 pixels.
    [Theory]
    [InlineData(21, true)]
    [InlineData(22, false)]
    public void A_larger_dark_area_is_a_shadow(int side, bool isFound) =>
        Assert.Equal(isFound, Nostrils.Find(Face((240, 320, side, 30))).Count() > 0);

    [Fact]
    public void Eyes_and_mouth_lie_elsewhere() =>
        Assert.Equal(0, Nostrils.Find(Face((180, 240, 12, 30), (250, 380, 12, 30))).Count());

    private static Image Face(params (int X, int Y, int Side, byte Level)[] spots)
    {
        var image = new Image(Side, Side);
        image.Samples.Fill(180);
        foreach (var (x, y, side, level) in spots)
            image.Fill(new(x, y, side, side), new Rgb(level, level, level));
        return image;
    }
}
