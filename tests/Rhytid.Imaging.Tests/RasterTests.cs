using OpenCvSharp;

namespace Rhytid.Imaging.Tests;

public sealed class RasterTests
{
    [Fact]
    public void Rows_lie_one_after_the_other_with_their_channels()
    {
        var image = new Image(3, 2);
        image.Row(1)[3] = 9;

        Assert.Equal(9, image.Samples[(3 * 3) + 3]);
        Assert.Equal(9, image.Memory.Span[12]);
        Assert.Equal(9, image.Row(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Row(2)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Row(-1)[0]);
    }

    [Fact]
    public void OpenCV_sees_the_same_pixels()
    {
        var plane = new Plane<float>(4, 3);
        using (var mat = plane.AsMat())
        {
            Assert.Equal((4, 3, MatType.CV_32FC1), (mat.Width, mat.Height, mat.Type()));
            mat.Set(2, 1, 0.5f);
        }

        Assert.Equal(0.5f, plane[1, 2]);
        using var colors = new Image(5, 2).AsMat();
        Assert.Equal(MatType.CV_8UC3, colors.Type());
    }

    [Fact]
    public void A_type_that_OpenCV_does_not_know_is_named()
    {
        var error = Assert.Throws<ImageException>(() => new Plane<long>(2, 2).AsMat());

        Assert.Contains("Int64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_without_pixels_or_with_too_many_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(1, -1));
        Assert.Throws<OverflowException>(() => new Image(30_000, 30_000));
    }
}
