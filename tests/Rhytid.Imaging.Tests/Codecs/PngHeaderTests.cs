using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class PngHeaderTests
{
    private const int EndLength = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_orientation_stands_before_the_pixels_or_after_them(bool before)
    {
        var exif = MadeFiles.Exif(7, littleEndian: true);
        byte[] chunk = [0, 0, 0, (byte)exif.Length, .. "eXIf"u8, .. exif, 1, 2, 3, 4];
        var plain = MadeFiles.Png(300, 2, 8, 0, new byte[600]);
        byte[] file = before
            ? MadeFiles.Png(300, 2, 8, 0, new byte[600], ("eXIf", exif))
            : [.. plain[..^EndLength], .. chunk, .. plain[^EndLength..]];

        Assert.Equal(new ImageHeader(ImageFormat.Png, 300, 2, 7), PngHeader.Read(file));
    }

    [Fact]
    public void A_file_without_its_first_chunk_is_damaged()
    {
        var file = MadeFiles.Png(4, 3, 8, 0, new byte[12]);
        file[15] = (byte)'X';

        Assert.Throws<ImageException>(() => PngHeader.Read(file));
        Assert.Throws<ImageException>(() => PngHeader.Read(MadeFiles.Png(4, 3, 8, 0, []).AsSpan(0, 32)));
    }

    [Fact]
    public void The_profile_is_cut_out_and_the_rest_stays_byte_by_byte()
    {
        (string, byte[]) gamma = ("gAMA", [0, 0, 0xB1, 0x8F]);
        var plain = MadeFiles.Png(4, 3, 8, 0, new byte[12], gamma);
        var file = MadeFiles.Png(4, 3, 8, 0, new byte[12], ("iCCP", new byte[40]), gamma);

        Assert.Equal(plain, PngHeader.WithoutColorProfile(file).ToArray());
        Assert.Equal(plain, PngHeader.WithoutColorProfile(plain).ToArray());
    }

    [Fact]
    public void The_compressed_profile_comes_after_its_name_and_method()
    {
        var file = MadeFiles.Png(4, 3, 8, 0, new byte[12], ("iCCP", [.. "name\0"u8, 0, 7, 8, 9]));
        var nameless = MadeFiles.Png(4, 3, 8, 0, new byte[12], ("iCCP", [0, 0, 7, 8, 9]));
        var empty = MadeFiles.Png(4, 3, 8, 0, new byte[12], ("iCCP", [.. "name\0"u8, 0]));

        Assert.Equal([7, 8, 9], PngHeader.ColorProfile(file).ToArray());
        Assert.Empty(PngHeader.ColorProfile(nameless).ToArray());
        Assert.Empty(PngHeader.ColorProfile(empty).ToArray());
    }
}
