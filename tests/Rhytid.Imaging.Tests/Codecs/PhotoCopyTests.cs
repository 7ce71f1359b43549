using System.Text;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>Copies carry the picture and nothing else; the hidden texts stand for names, places and cameras.</summary>
public class PhotoCopyTests
{
    private const string Secret = "SECRET-PLACE";

    private static readonly byte[] SecretBytes = Encoding.ASCII.GetBytes(Secret);

    [Fact]
    public void A_jpeg_loses_everything_but_its_picture_and_profile()
    {
        var jpeg = Picture().Encode(ImageFormat.Jpeg);
        byte[] file =
        [
            .. jpeg[..2],
                .. Segment(0xE1, "Exif\0\0"), .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"),
                .. Segment(0xED, "Photoshop 3.0\0"), .. Segment(0xFE, ""),
                .. Segment(0xE0, "JFXX\0"),
                    .. Segment(0xE2, "MPF\0"), .. Segment(0xE2, "ICC_PROFILE\0\x1\x1", "the profile"), .. jpeg[2..],
                    .. SecretBytes,
                ];

        var copy = PhotoCopy.WithoutMetadata(file);

        Assert.Equal(-1, copy.AsSpan().IndexOf(SecretBytes));
        Assert.NotEqual(-1, copy.AsSpan().IndexOf("the profile"u8));
        Assert.Equal(Image.Decode(jpeg).Samples.ToArray(), Image.Decode(copy).Samples.ToArray());
    }

    [Fact]
    public void A_file_that_has_nothing_to_lose_stays_as_it_is_byte_by_byte()
    {
        foreach (var format in new[] { ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.WebP })
        {
            var file = Picture().Encode(format);
            Assert.Equal(file, PhotoCopy.WithoutMetadata(file));
        }
        Assert.Equal(MadeFiles.Bmp(16, 16), PhotoCopy.WithoutMetadata(MadeFiles.Bmp(16, 16)));
    }

    [Fact]
    public void A_preview_inside_the_first_segment_goes()
    {
        var jpeg = Picture().Encode(ImageFormat.Jpeg);
        var length = (jpeg[4] << 8) | jpeg[5];
        byte[] content = [.. jpeg.AsSpan(6, 12), 4, 1, .. SecretBytes];
        byte[] file = [.. jpeg[..4], 0, (byte)(content.Length + 2), .. content, .. jpeg[(4 + length)..]];

        var copy = PhotoCopy.WithoutMetadata(file);

        Assert.Equal(-1, copy.AsSpan().IndexOf(SecretBytes));
        Assert.Equal(jpeg, copy);
    }

    [Fact]
    public void A_png_loses_texts_time_and_what_is_appended()
    {
        var rows = Enumerable.Range(0, 12).Select(i => (byte)(20 * i)).ToArray();
        var plain = MadeFiles.Png(4, 3, 8, 0, rows, ("gAMA", [0, 0, 0xB1, 0x8F]));
        byte[] file =
        [
            .. MadeFiles.Png(
                4, 3, 8, 0, rows, ("gAMA", [0, 0, 0xB1, 0x8F]), ("tEXt", SecretBytes), ("iTXt", SecretBytes),
                ("eXIf", [.. MadeFiles.Exif(1, true), .. SecretBytes]), ("tIME", new byte[7]), ("prVt", SecretBytes)),
            .. SecretBytes
        ];

        Assert.Equal(plain, PhotoCopy.WithoutMetadata(file));
    }

    [Fact]
    public void A_webp_loses_exif_and_xmp()
    {
        var plain = Picture().Encode(ImageFormat.WebP);
        byte[] extended = [0x2C, 0, 0, 0, 31, 0, 0, 23, 0, 0];
        byte[] file =
            Riff([.. Chunk(
                "VP8X", extended), .. plain[12..], .. Chunk("EXIF", SecretBytes), .. Chunk("XMP ", SecretBytes)]);

        var copy = PhotoCopy.WithoutMetadata(file);

        Assert.Equal(-1, copy.AsSpan().IndexOf(SecretBytes));
        Assert.Equal(copy.Length - 8, BitConverter.ToInt32(copy, 4));
        Assert.Equal(0x20, copy[20]);
        Assert.Equal(Image.Decode(plain).Samples.ToArray(), Image.Decode(copy).Samples.ToArray());
    }

    [Fact]
    public void A_photo_that_lies_on_its_side_is_turned_because_nothing_says_so_any_more()
    {
        var file = MadeFiles.WithExif(Picture().Encode(ImageFormat.Jpeg), orientation: 6, littleEndian: true);

        var copy = PhotoCopy.WithoutMetadata(file);

        Assert.Equal(1, Rhytid.Imaging.Codecs.ImageHeader.Read(copy).Orientation);
        Assert.Equal(-1, copy.AsSpan().IndexOf("Exif"u8));
        var (upright, turned) = (Image.Decode(file), Image.Decode(copy));
        Assert.Equal((upright.Width, upright.Height), (turned.Width, turned.Height));
        var difference = upright.Samples.ToArray().Zip(turned.Samples.ToArray(), (a, b) => Math.Abs(a - b)).Average();
        Assert.True(difference < 4, $"{difference}");
    }

    [Fact]
    public void A_tiff_becomes_a_png_and_is_called_so()
    {
        var copy = PhotoCopy.WithoutMetadata(MadeFiles.Tiff(6, 5));

        Assert.Equal(ImageFormat.Png, Rhytid.Imaging.Codecs.ImageHeader.Read(copy).Format);
        Assert.Equal(".png", PhotoCopy.ExtensionFor("a/photo.TIFF"));
        Assert.Equal(".jpg", PhotoCopy.ExtensionFor("a/photo.JPG"));
    }

    [Fact]
    public void Damaged_files_are_refused_and_never_more_than_that()
    {
        var random = new Random(7);
        byte[][] seeds =
        [
            MadeFiles.WithExif(Picture().Encode(ImageFormat.Jpeg), 1, littleEndian: true),
            Picture().Encode(ImageFormat.Png), Picture().Encode(ImageFormat.WebP)
        ];
        for (var i = 0; i < 600; i++)
        {
            var file = (byte[])seeds[i % seeds.Length].Clone();
            for (var hits = 0; hits <= i % 4; hits++)
                file[random.Next(Math.Min(file.Length, 80))] = (byte)random.Next(256);
            Assert.Null(Record.Exception(() =>
            {
                try
                {
                    PhotoCopy.WithoutMetadata(file);
                }
                catch (ImageException)
                {
                }
            }));
        }
    }

    private static Image Picture()
    {
        var image = new Image(32, 24);
        for (var i = 0; i < image.Samples.Length; i++)
            image.Samples[i] = (byte)(40 + (i / 5 % 180));
        return image;
    }

    private static byte[] Segment(byte marker, string start, string rest = Secret)
    {
        var content = Encoding.Latin1.GetBytes(start + rest);
        return [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
    }

    private static byte[] Chunk(string type, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(
            type), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length % 2]];

    private static byte[] Riff(byte[] chunks) =>
        [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks];
}
