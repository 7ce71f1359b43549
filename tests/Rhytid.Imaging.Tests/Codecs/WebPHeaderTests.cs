using System.Text;
using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>Sizes as the container's specification and RFC 6386 lay them down.</summary>
public sealed class WebPHeaderTests
{
    // 70000 x 300: three bytes each, one less than the side.
    private static readonly byte[] Extended = [0x08, 0, 0, 0, 0x6F, 0x11, 0x01, 0x2B, 0x01, 0x00];

    [Fact]
    public void A_lossy_picture_has_14_bits_a_side_below_two_of_scale()
    {
        byte[] frame = [0, 0, 0, 0x9D, 0x01, 0x2A, 0x2C, 0x41, 0xC8, 0xC0];

        Assert.Equal(new ImageHeader(ImageFormat.WebP, 300, 200, 1), WebPHeader.Read(File(Chunk("VP8 ", frame))));
    }

    // 14 bits of 299, then 14 of 199.
    [Fact]
    public void A_lossless_picture_packs_both_sides_less_one()
    {
        var bits = 299 | (199 << 14) | (1 << 28);

        var header = WebPHeader.Read(File(Chunk("VP8L", [0x2F, .. BitConverter.GetBytes(bits)])));

        Assert.Equal((300, 200), (header.Width, header.Height));
    }

    [Fact]
    public void An_extended_picture_has_its_canvas_and_the_orientation_of_exif()
    {
        var file = File(
            Chunk("VP8X", Extended), Chunk("ALPH", [1, 2, 3]), Chunk("EXIF", MadeFiles.Exif(8, littleEndian: false)));

        Assert.Equal(new ImageHeader(ImageFormat.WebP, 70000, 300, 8), WebPHeader.Read(file));
    }

    [Fact]
    public void An_animation_is_refused()
    {
        var error = Assert.Throws<ImageException>(
            () => WebPHeader.Read(File(Chunk("VP8X", [0x02, .. Extended.AsSpan(1)]))));

        Assert.Contains("animated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_is_a_chunks_content_where_it_is_whole()
    {
        var file = File(Chunk("VP8X", Extended), Chunk("ODD ", [1]), Chunk("ICCP", [5, 6, 7]));

        Assert.Equal([5, 6, 7], WebPHeader.ColorProfile(file).ToArray());
        Assert.Empty(WebPHeader.ColorProfile(file.AsSpan(0, file.Length - 2)).ToArray());
        Assert.Empty(WebPHeader.ColorProfile(File(Chunk("VP8X", Extended))).ToArray());
    }

    private static byte[] Chunk(string type, byte[] content) =>
    [
        .. Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(content.Length), .. content,
        .. new byte[content.Length % 2],
    ];

    private static byte[] File(params byte[][] chunks) =>
        [.. "RIFF"u8, .. BitConverter.GetBytes(4 + chunks.Sum(chunk => chunk.Length)), .. "WEBP"u8,
            .. chunks.SelectMany(chunk => chunk)];
}
