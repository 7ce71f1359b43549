using System.Text;
using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>What is hidden beside a picture goes; the hidden texts stand for names, places and cameras.</summary>
public sealed class MetadataRemovalTests
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

        var copy = MetadataRemoval.FromJpeg(file);

        Assert.Equal(-1, copy.AsSpan().IndexOf(SecretBytes));
        Assert.NotEqual(-1, copy.AsSpan().IndexOf("the profile"u8));
        Assert.Equal(Image.Decode(jpeg).Samples.ToArray(), Image.Decode(copy).Samples.ToArray());
    }

    [Fact]
    public void A_preview_inside_the_first_segment_goes()
    {
        var jpeg = Picture().Encode(ImageFormat.Jpeg);
        var length = (jpeg[4] << 8) | jpeg[5];
        byte[] content = [.. jpeg.AsSpan(6, 12), 4, 1, .. SecretBytes];
        byte[] file = [.. jpeg[..4], 0, (byte)(content.Length + 2), .. content, .. jpeg[(4 + length)..]];

        var copy = MetadataRemoval.FromJpeg(file);

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

        Assert.Equal(plain, MetadataRemoval.FromPng(file));
    }

    [Fact]
    public void A_webp_loses_exif_and_xmp()
    {
        var plain = Picture().Encode(ImageFormat.WebP);
        byte[] extended = [0x2C, 0, 0, 0, 31, 0, 0, 23, 0, 0];
        byte[] file =
            Riff([.. Chunk(
                "VP8X", extended), .. plain[12..], .. Chunk("EXIF", SecretBytes), .. Chunk("XMP ", SecretBytes)]);

        var copy = MetadataRemoval.FromWebP(file);

        Assert.Equal(-1, copy.AsSpan().IndexOf(SecretBytes));
        Assert.Equal(copy.Length - 8, BitConverter.ToInt32(copy, 4));
        Assert.Equal(0x20, copy[20]);
        Assert.Equal(Image.Decode(plain).Samples.ToArray(), Image.Decode(copy).Samples.ToArray());
    }

    [Fact]
    public void The_pixels_of_every_scan_stay_byte_by_byte()
    {
        byte[] scans = [0xFF, 0xDA, 0, 4, 1, 1, 5, 0xFF, 0, 6, 0xFF, 0xD3, 7, 0xFF, 0xDA, 0, 4, 1, 2, 8, 0xFF, 0xD9];
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0];
        byte[] adobe = [0xFF, 0xEE, 0, 8, .. "Adobe"u8, 1];

        Assert.Equal(
            [0xFF, 0xD8, .. adobe, .. frame, .. scans],
            MetadataRemoval.FromJpeg(
                (byte[])[0xFF, 0xD8, .. adobe, .. Segment(0xEE, "Other"), .. frame, .. scans, .. SecretBytes]));
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
