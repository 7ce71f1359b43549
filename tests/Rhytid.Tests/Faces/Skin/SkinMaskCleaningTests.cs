using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class SkinMaskCleaningTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(5.9f, 5)]
    [InlineData(6, 7)]
    [InlineData(0.2f, 1)]
    public void A_structuring_element_has_an_odd_side(float pixels, int side) =>
        Assert.Equal(side, SkinMaskCleaning.OddSize(pixels));

    [Fact]
    public void Components_are_kept_by_their_area()
    {
        var mask = new Mask(20, 10);
        Fill(mask, 1, 1, 3, 3);
        Fill(mask, 8, 1, 2, 2);
        Fill(mask, 14, 1, 4, 4);

        Assert.Equal(9 + 16, SkinMaskCleaning.KeepComponents(mask, area => area >= 9).Count());
        Assert.Equal(4, SkinMaskCleaning.KeepComponents(mask, area => area < 9).Count());
    }

    [Fact]
    public void Strands_and_crumbs_go_and_holes_of_wrinkles_are_filled()
    {
        var skin = new Mask(200, 200);
        Fill(skin, 20, 20, 120, 120);
        Fill(skin, 140, 70, 50, 4);     // a strand
        Fill(skin, 170, 170, 14, 14);   // a crumb: below 4 % of the face
        Fill(skin, 60, 60, 9, 9, false);      // the hole of a wrinkle
        Fill(skin, 90, 90, 20, 20, false);    // an eye that nobody excluded

        var clean = SkinMaskCleaning.Clean(skin, new Mask(200, 200), 1);

        Assert.True(clean[100, 30] && clean[64, 64]);
        Assert.False(clean[170, 71] || clean[176, 176] || clean[100, 100]);
    }

    [Fact]
    public void A_second_piece_that_is_large_enough_stays()
    {
        var skin = new Mask(200, 200);
        Fill(skin, 20, 20, 100, 100);
        Fill(skin, 150, 150, 25, 25);

        Assert.True(SkinMaskCleaning.Clean(skin, new Mask(200, 200), 1)[162, 162]);
    }

    [Fact]
    public void What_is_excluded_is_never_filled()
    {
        var (skin, excluded) = (new Mask(200, 200), new Mask(200, 200));
        Fill(skin, 20, 20, 120, 120);
        Fill(excluded, 60, 60, 8, 8);

        var clean = SkinMaskCleaning.Clean(skin, excluded, 1);

        Assert.Equal(0, clean.And(excluded).Count());
        Assert.True(clean[59, 59]);
    }

    private static void Fill(Mask mask, int left, int top, int width, int height, bool value = true)
    {
        for (var y = top; y < top + height; y++)
            mask.Row(y).Slice(left, width).Fill(value ? Mask.Set : (byte)0);
    }
}
