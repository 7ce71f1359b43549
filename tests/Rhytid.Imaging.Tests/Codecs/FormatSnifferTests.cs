using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class FormatSnifferTests
{
    public static TheoryData<byte[], ImageFormat> Beginnings => new()
    {
        { [0xFF, 0xD8, 0xFF, 0xE0], ImageFormat.Jpeg },
        { [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], ImageFormat.Png },
        { [.. "RIFF"u8, 9, 9, 9, 9, .. "WEBP"u8], ImageFormat.WebP },
        { [.. "II*\0"u8], ImageFormat.Tiff },
        { [.. "MM\0*"u8], ImageFormat.Tiff },
        { [.. "BM"u8, .. new byte[24]], ImageFormat.Bmp },
        { [0xFF, 0x0A], ImageFormat.JpegXl },
        { [0, 0, 0, 12, .. "JXL \r\n"u8, 0x87, (byte)'\n'], ImageFormat.JpegXl },
        { [0, 0, 0, 16, .. "ftypheic"u8, 0, 0, 0, 0], ImageFormat.Heic },
        { [0, 0, 0, 20, .. "ftypmif1"u8, 0, 0, 0, 0, .. "avif"u8], ImageFormat.Avif },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void A_kind_is_told_by_its_first_bytes_and_not_by_fewer(byte[] file, ImageFormat format)
    {
        Assert.Equal(format, FormatSniffer.Identify(file));
        // A shorter list of brands names another kind of the same family.
        if (format is not (ImageFormat.Heic or ImageFormat.Avif))
            Assert.Throws<ImageException>(() => FormatSniffer.Identify(file.AsSpan(0, file.Length - Last(format))));
    }

    [Fact]
    public void Empty_file_is_named_as_such() => AssertRefused([], "empty");

    [Fact]
    public void Text_is_no_picture() =>
        AssertRefused("this is a shopping list, not a photo"u8.ToArray(), "not a picture");

    [Fact]
    public void Gif_is_refused_by_name() => AssertRefused("GIF89a........."u8.ToArray(), "GIF");

    [Theory]
    [InlineData("II+\0")]
    [InlineData("MM\0+")]
    public void A_big_tiff_is_refused_by_name(string start) =>
        AssertRefused(System.Text.Encoding.ASCII.GetBytes(start + "........"), "BigTIFF");

    // A JPEG's fourth byte is the first that does not belong to its signature.
    private static int Last(ImageFormat format) => format == ImageFormat.Jpeg ? 2 : 1;

    private static void AssertRefused(byte[] file, string expected)
    {
        var error = Assert.Throws<ImageException>(() => FormatSniffer.Identify(file));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
