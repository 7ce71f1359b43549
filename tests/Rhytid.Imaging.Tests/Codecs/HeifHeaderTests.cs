using System.Text;
using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class HeifHeaderTests
{
    [Theory]
    [InlineData("heic")]
    [InlineData("avif")]
    public void A_heif_file_without_a_size_is_damaged(string brand)
    {
        byte[] file = [0, 0, 0, 16, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0];
        var error = Assert.Throws<ImageException>(() => ImageHeader.Read(file));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heix", ImageFormat.Heic)]
    [InlineData("hevc", ImageFormat.Heic)]
    [InlineData("mif1", ImageFormat.Heic)]
    [InlineData("mif1....heicavif", ImageFormat.Avif)]
    [InlineData("avis", ImageFormat.Avif)]
    [InlineData("isom....mp42", null)]
    public void The_kind_is_that_of_the_brands(string brands, ImageFormat? format) =>
        Assert.Equal(format, HeifHeader.FormatOf(Box("ftyp", Encoding.ASCII.GetBytes(brands.PadRight(8)))));

    // Brands of the box after the first do not count.
    [Fact]
    public void Brands_end_with_their_box() =>
        Assert.Null(HeifHeader.FormatOf((byte[])[.. Box("ftyp", "isom\0\0\0\0"u8.ToArray()), .. "avif"u8]));

    [Fact]
    public void The_size_is_the_largest_among_the_properties_of_pictures()
    {
        var properties = Box("ipco", [.. Size(160, 120), .. Size(4032, 3024), .. Size(512, 512)]);
        var meta = Box("meta", [0, 0, 0, 0, .. Box("hdlr", new byte[9]), .. Box("iprp", properties)]);
        byte[] file = [.. Box("ftyp", "heic\0\0\0\0"u8.ToArray()), .. Box("free", new byte[3]), .. meta];

        Assert.Equal(new ImageHeader(ImageFormat.Heic, 4032, 3024, 1), HeifHeader.Read(file, ImageFormat.Heic));
    }

    [Fact]
    public void A_box_may_have_a_length_of_64_bits_or_reach_to_the_end()
    {
        byte[] inner = [0, 0, 0, 0, .. Box("iprp", Box("ipco", Size(70, 50)))];
        byte[] large = [0, 0, 0, 1, .. "meta"u8, 0, 0, 0, 0, 0, 0, 0, (byte)(16 + inner.Length), .. inner];
        byte[] open = [0, 0, 0, 0, .. "meta"u8, .. inner];

        Assert.Equal(70, HeifHeader.Read(large, ImageFormat.Avif).Width);
        Assert.Equal(50, HeifHeader.Read(open, ImageFormat.Avif).Height);
    }

    private static byte[] Size(int width, int height) =>
        Box("ispe", [0, 0, 0, 0, .. Number(width), .. Number(height)]);

    private static byte[] Box(string type, byte[] content) =>
        [.. Number(8 + content.Length), .. Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] Number(int value) =>
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
