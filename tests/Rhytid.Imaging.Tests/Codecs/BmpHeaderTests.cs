using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class BmpHeaderTests
{
    [Fact]
    public void Bmp_rows_may_run_from_the_top()
    {
        var file = MadeFiles.Bmp(width: 5, height: -4);

        Assert.Equal(new ImageHeader(ImageFormat.Bmp, 5, 4, 1), ImageHeader.Read(file));
    }

    [Fact]
    public void The_short_header_of_os_2_holds_sides_of_16_bits()
    {
        byte[] file = [.. "BM"u8, .. new byte[12], 12, 0, 0, 0, 0x2C, 0x01, 0xC8, 0x80, 1, 0, 24, 0];

        Assert.Equal(new ImageHeader(ImageFormat.Bmp, 300, 0x80C8, 1), BmpHeader.Read(file));
    }

    [Fact]
    public void A_height_without_a_positive_twin_is_damaged()
    {
        var file = MadeFiles.Bmp(5, 4);
        BitConverter.TryWriteBytes(file.AsSpan(22), int.MinValue);

        Assert.Throws<ImageException>(() => BmpHeader.Read(file));
    }
}
