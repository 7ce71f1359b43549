using System.Buffers.Binary;
using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

public class ImageHeaderTests
{
    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Header_of_an_encoded_picture_tells_its_size(ImageFormat format)
    {
        var file = new Image(57, 31).Encode(format);

        var header = ImageHeader.Read(file);

        Assert.Equal(new ImageHeader(format, 57, 31, 1), header);
    }

    [Fact]
    public void Bmp_rows_may_run_from_the_top()
    {
        var file = MadeFiles.Bmp(width: 5, height: -4);

        Assert.Equal(new ImageHeader(ImageFormat.Bmp, 5, 4, 1), ImageHeader.Read(file));
    }

    [Fact]
    public void Empty_file_is_named_as_such() => AssertRefused([], "empty");

    [Fact]
    public void Text_is_no_picture() =>
        AssertRefused("this is a shopping list, not a photo"u8.ToArray(), "not a picture");

    [Theory]
    [InlineData("heic")]
    [InlineData("avif")]
    public void A_heif_file_without_a_size_is_damaged(string brand)
    {
        byte[] file = [0, 0, 0, 16, .. "ftyp"u8, .. System.Text.Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0];
        AssertRefused(file, "damaged");
    }

    [Fact]
    public void Gif_is_refused_by_name() => AssertRefused("GIF89a........."u8.ToArray(), "GIF");

    [Fact]
    public void Jpeg_without_its_end_is_cut_off()
    {
        var file = new Image(64, 64).Encode(ImageFormat.Jpeg);
        AssertRefused(file[..(file.Length / 2)], "cut off");
    }

    [Fact]
    public void Orientation_of_a_jpeg_is_found_in_either_byte_order()
    {
        foreach (var littleEndian in new[] { true, false })
        {
            var file = MadeFiles.WithExif(new Image(8, 4).Encode(ImageFormat.Jpeg), orientation: 6, littleEndian);
            Assert.Equal(6, ImageHeader.Read(file).Orientation);
        }
    }

    [Fact]
    public void Every_truncation_of_every_format_is_refused_or_read_but_never_crashes()
    {
        var picture = new Image(16, 16);
        List<byte[]> files =
        [
            picture.Encode(ImageFormat.Png), picture.Encode(ImageFormat.Jpeg), picture.Encode(ImageFormat.WebP),
            MadeFiles.Bmp(16, 16), MadeFiles.WithExif(picture.Encode(ImageFormat.Jpeg), 3, littleEndian: true),
            MadeFiles.Tiff(16, 16), MadeFiles.Dng(16, 16), .. PhotoFiles.Select(File.ReadAllBytes),
        ];
        foreach (var file in files)
            for (var length = 0; length < file.Length; length++)
                ReadOrRefuse(file.AsSpan(0, length));
    }

    [Fact]
    public void Two_thousand_mutated_headers_are_refused_or_read_but_never_crash()
    {
        var random = new Random(20261121);
        var picture = new Image(24, 24);
        byte[][] seeds =
        [
            picture.Encode(ImageFormat.Png), MadeFiles.WithExif(picture.Encode(ImageFormat.Jpeg), 8, true),
            picture.Encode(ImageFormat.WebP), MadeFiles.Bmp(24, 24), MadeFiles.Tiff(24, 24), MadeFiles.Dng(24, 24),
            .. PhotoFiles.Select(File.ReadAllBytes),
        ];
        for (var round = 0; round < 2000; round++)
        {
            var file = (byte[])seeds[round % seeds.Length].Clone();
            for (var i = random.Next(1, 6); i > 0; i--)
                file[random.Next(Math.Min(file.Length, 200))] = (byte)random.Next(256);
            ReadOrRefuse(file);
        }
    }

    private static string[] PhotoFiles => Directory.GetFiles(GoldenFolder.PathOf("formats"));

    private static void ReadOrRefuse(ReadOnlySpan<byte> file)
    {
        try
        {
            ImageHeader.Read(file);
        }
        catch (ImageException)
        {
        }
    }

    private static void AssertRefused(byte[] file, string expected)
    {
        var error = Assert.Throws<ImageException>(() => ImageHeader.Read(file));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
