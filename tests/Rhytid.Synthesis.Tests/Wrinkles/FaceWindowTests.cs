using System.Drawing;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class FaceWindowTests
{
    private static readonly FaceFrame Frame = FaceFrame.OfAligned(512);

    // Eyes 124.928 apart around (256, 244.736): 1.4 of it to the sides, 1.7 up, 2.1 down.
    [Theory]
    [InlineData(512, 512, 81, 32, 431, 508)]
    [InlineData(300, 200, 81, 32, 300, 200)]
    public void The_window_holds_the_face_within_the_photo(
        int width, int height, int left, int top, int right, int bottom) => Assert.Equal(
        Rectangle.FromLTRB(left, top, right, bottom), FaceWindow.Create(Frame, width, height).Bounds);

    [Fact]
    public void A_face_outside_or_too_small_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FaceWindow.Create(Frame, 100, 512));
        Assert.Throws<ArgumentException>(() => FaceWindow.Create(FaceFrame.OfAligned(40), 40, 40));
    }

    [Fact]
    public void Pixels_count_from_the_windows_corner_and_by_their_middles()
    {
        var window = FaceWindow.Create(Frame, 512, 512);

        Assert.True(Vector2.Distance(new(256 - 81, 244.736f - 32), window.ToPixel(Vector2.Zero)) < 1e-2f);
        Assert.True(Vector2.Distance(new(10.5f, 20.5f), window.ToPixel(window.ToFace(10, 20))) < 1e-2f);
    }

    [Fact]
    public void A_mask_is_cut_out_in_place()
    {
        var mask = new Imaging.Mask(512, 512);
        mask[81, 32] = mask[430, 507] = mask[80, 32] = true;

        var crop = FaceWindow.Create(Frame, 512, 512).Crop(mask);

        Assert.Equal((350, 476, 2), (crop.Width, crop.Height, crop.Count()));
        Assert.True(crop[0, 0] && crop[349, 475]);
    }
}
