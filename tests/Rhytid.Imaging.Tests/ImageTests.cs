namespace Rhytid.Imaging.Tests;

public sealed class ImageTests
{
    [Theory]
    [InlineData(PixelFormat.Rgb, new byte[] { 1, 2, 3 }, new byte[] { 1, 2, 3 })]
    [InlineData(PixelFormat.Bgr, new byte[] { 1, 2, 3 }, new byte[] { 3, 2, 1 })]
    [InlineData(PixelFormat.Rgba, new byte[] { 1, 2, 3, 255 }, new byte[] { 1, 2, 3 })]
    [InlineData(PixelFormat.Bgra, new byte[] { 1, 2, 3, 0 }, new byte[] { 255, 255, 255 })]
    [InlineData(PixelFormat.Gray, new byte[] { 9 }, new byte[] { 9, 9, 9 })]
    public void Pixels_of_an_application_are_taken(PixelFormat format, byte[] pixel, byte[] expected) =>
        Assert.Equal(expected, Image.FromPixels(pixel, 1, 1, format).Samples.ToArray());

    // 10 at an opacity of 128 / 255 over white: 10 * 0.50196 + 255 * 0.49804 = 132.02.
    [Fact]
    public void Half_transparent_pixels_are_mixed_with_white() =>
        Assert.Equal([132, 132, 255], Image.FromPixels([10, 10, 255, 128], 1, 1, PixelFormat.Rgba).Samples.ToArray());

    [Fact]
    public void Too_few_pixels_are_refused_with_both_numbers()
    {
        var error = Assert.Throws<ArgumentException>(() => Image.FromPixels(new byte[17], 3, 2));

        Assert.Contains("3 x 2 pixels of 3 bytes = 18 bytes, got 17", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Image.FromPixels(new byte[18], 3, 2, PixelFormat.Bgra));
    }

    [Fact]
    public void A_copy_has_pixels_of_its_own()
    {
        var image = Image.FromPixels([1, 2, 3, 4, 5, 6], 2, 1);
        var copy = image.Clone();
        image.Samples.Clear();

        Assert.Equal([1, 2, 3, 4, 5, 6], copy.Samples.ToArray());
    }
}
