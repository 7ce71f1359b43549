using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class ExifOrientationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_tag_is_found_in_either_order_of_bytes_with_and_without_the_name_before_it(bool littleEndian)
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var exif = MadeFiles.Exif(orientation, littleEndian);
            Assert.Equal(orientation, ExifOrientation.Read(exif));
            Assert.Equal(orientation, ExifOrientation.Read((byte[])[.. "Exif\0\0"u8, .. exif]));
        }
    }

    [Fact]
    public void The_tag_may_come_after_others()
    {
        byte[] other = [0x0F, 0x01, 2, 0, 4, 0, 0, 0, 1, 2, 3, 0];
        byte[] tag = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];

        Assert.Equal(6, ExifOrientation.Read((byte[])[.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. other, .. tag]));
        Assert.Equal(1, ExifOrientation.Read((byte[])[.. "II*\0"u8, 8, 0, 0, 0, 1, 0, .. other, .. tag]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(300)]
    public void A_value_without_a_meaning_is_upright(int value) =>
        Assert.Equal(1, ExifOrientation.Read(MadeFiles.Exif(value, littleEndian: true)));

    [Fact]
    public void Damage_is_upright()
    {
        var exif = MadeFiles.Exif(6, littleEndian: true);

        Assert.Equal(1, ExifOrientation.Read([]));
        Assert.Equal(1, ExifOrientation.Read("II+\0............"u8));
        for (var length = 0; length < 20; length++)
            Assert.Equal(1, ExifOrientation.Read(exif.AsSpan(0, length)));
    }
}
