using Rhytid.Imaging;
using Rhytid.Reports;

namespace Rhytid.Tests.Reports;

public sealed class OverlayTests
{
    [Fact]
    public void Wrinkles_are_blended_over_the_photo_which_stays()
    {
        var photo = new Image(2, 1);
        photo.Samples.Fill(100);
        var wrinkles = new Mask(2, 1);
        wrinkles.Samples[1] = Mask.Set;

        var overlay = Overlay.Draw(photo, wrinkles, color: new Rgb(200, 0, 100), opacity: 0.5f);

        Assert.Equal([100, 100, 100, 150, 50, 100], overlay.Samples.ToArray());
        Assert.Equal(6, photo.Samples.ToArray().Count(sample => sample == 100));
    }

    [Fact]
    public void The_skins_edge_is_white_and_its_middle_is_not()
    {
        var skin = new Mask(9, 9);
        for (var y = 1; y < 8; y++)
            for (var x = 1; x < 8; x++)
                skin.Samples[(9 * y) + x] = Mask.Set;

        var overlay = Overlay.Draw(new Image(9, 9), new Mask(9, 9), skin);

        Assert.Equal((0, 89, 0), (overlay.Samples[0], overlay.Samples[3 * ((9 * 1) + 4)], overlay.Samples[3 * 40]));
    }

    [Fact]
    public void Sizes_and_opacities_that_do_not_fit_are_refused()
    {
        Assert.Contains(
            "the mask has 3 x 1 pixels, the photo 2 x 1",
            Assert.Throws<ArgumentException>(() => Overlay.Draw(new Image(2, 1), new Mask(3, 1))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Overlay.Draw(new Image(2, 1), new Mask(2, 1), opacity: 1.1f));
    }
}
