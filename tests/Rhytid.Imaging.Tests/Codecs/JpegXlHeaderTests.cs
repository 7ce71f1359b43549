using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>Headers put together bit by bit from ISO/IEC 18181-1, lowest bit first.</summary>
public sealed class JpegXlHeaderTests
{
    // Small: sides of eights, in 5 bits; a ratio of 1 is a square.
    [Fact]
    public void A_small_square() => AssertSize(64, 64, 1, Bits((1, 1), (7, 5), (1, 3), (1, 1)));

    [Fact]
    public void A_small_picture_with_a_width_of_its_own() =>
        AssertSize(8, 256, 1, Bits((1, 1), (31, 5), (0, 3), (0, 5), (1, 1)));

    [Theory]
    [InlineData(2, 144)]
    [InlineData(3, 160)]
    [InlineData(4, 180)]
    [InlineData(5, 213)]
    [InlineData(6, 150)]
    [InlineData(7, 240)]
    public void A_width_by_its_ratio_to_a_height_of_120(int ratio, int width) =>
        AssertSize(width, 120, 1, Bits((0, 1), (0, 2), (119, 9), (ratio, 3), (1, 1)));

    [Theory]
    [InlineData(0, 9, 500)]
    [InlineData(1, 13, 8000)]
    [InlineData(2, 18, 200_000)]
    [InlineData(3, 30, 1_000_000)]
    public void A_side_has_9_13_18_or_30_bits(int choice, int bits, int side) => AssertSize(
        side, 3, 1, Bits((0, 1), (0, 2), (2, 9), (0, 3), (choice, 2), (side - 1, bits), (1, 1)));

    [Fact]
    public void The_orientation_is_read_where_there_is_one()
    {
        AssertSize(64, 64, 6, Bits((1, 1), (7, 5), (1, 3), (0, 1), (1, 1), (5, 3)));
        AssertSize(64, 64, 1, Bits((1, 1), (7, 5), (1, 3), (0, 1), (0, 1), (5, 3)));
    }

    [Fact]
    public void A_codestream_in_a_box_or_in_parts_is_found()
    {
        var stream = Bits((1, 1), (7, 5), (1, 3), (1, 1));
        byte[] other = [0, 0, 0, 9, .. "ftyp"u8, 1];

        AssertSize(64, 64, 1, [.. JpegXlHeader.ContainerStart, .. other, 0, 0, 0, 12, .. "jxlc"u8, .. stream]);
        AssertSize(
            64, 64, 1, [.. JpegXlHeader.ContainerStart, .. other, 0, 0, 0, 99, .. "jxlp"u8, 0, 0, 0, 0, .. stream]);
        AssertSize(
            64, 64, 1,
            [.. JpegXlHeader.ContainerStart, 0, 0, 0, 1, .. "jxlc"u8, 0, 0, 0, 0, 0, 0, 0, 20, .. stream]);
    }

    [Fact]
    public void A_header_that_ends_early_or_has_no_codestream_is_damaged()
    {
        Assert.Throws<ImageException>(() => JpegXlHeader.Read((byte[])[0xFF, 0x0A, 0x00]));
        Assert.Throws<ImageException>(() => JpegXlHeader.Read((byte[])[.. JpegXlHeader.ContainerStart]));
        Assert.Throws<ImageException>(
            () => JpegXlHeader.Read(
                (byte[])[.. JpegXlHeader.ContainerStart, 0, 0, 0, 12, .. "jxlc"u8, 1, 2, 3, 4, 5, 6]));
    }

    private static void AssertSize(int width, int height, int orientation, byte[] file) =>
        Assert.Equal(new ImageHeader(ImageFormat.JpegXl, width, height, orientation), JpegXlHeader.Read(file));

    private static byte[] Bits(params (int Value, int Count)[] fields)
    {
        var bits = fields.SelectMany(field => Enumerable.Range(0, field.Count).Select(i => (field.Value >> i) & 1));
        return
        [
            0xFF, 0x0A,
            .. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, i) => bit << i).Sum()),
        ];
    }
}
