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
}
