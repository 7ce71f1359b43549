using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class HeaderReaderTests
{
    private static readonly byte[] Bytes = [0x01, 0x02, 0x83, 0x04, 0x05];

    [Fact]
    public void Numbers_are_read_in_the_files_order_of_bytes()
    {
        var little = new HeaderReader(Bytes, "TEST", littleEndian: true);
        var big = new HeaderReader(Bytes, "TEST", littleEndian: false);

        Assert.Equal(0x8302, little.UInt16(1));
        Assert.Equal(0x0283, big.UInt16(1));
        Assert.Equal(0x05048302u, little.UInt32(1));
        Assert.Equal(0x02830405u, big.UInt32(1));
        Assert.Equal(0x83, big.Byte(2));
        Assert.Equal(5, big.Length);
    }

    [Theory]
    [InlineData(4, 1, true)]
    [InlineData(0, 5, true)]
    [InlineData(5, 0, true)]
    [InlineData(4, 2, false)]
    [InlineData(0, 6, false)]
    [InlineData(-1, 1, false)]
    [InlineData(uint.MaxValue, 4, false)]
    [InlineData(0, int.MaxValue, false)]
    public void Nothing_is_read_outside_the_file(long position, int count, bool isInside)
    {
        var error = Record.Exception(
            () => new HeaderReader(Bytes, "TEST", littleEndian: true).At(position, count).Length);

        Assert.Equal(isInside, error is null);
        if (!isInside)
            Assert.Equal("the TEST header is damaged or cut off", Assert.IsType<ImageException>(error).Message);
    }

    [Fact]
    public void A_side_is_a_number_of_31_bits()
    {
        Assert.Equal(int.MaxValue, new HeaderReader(Bytes, "TEST", littleEndian: true).Side(int.MaxValue));
        Assert.Throws<ImageException>(
            () => new HeaderReader(Bytes, "TEST", littleEndian: true).Side(int.MaxValue + 1u));
    }
}
