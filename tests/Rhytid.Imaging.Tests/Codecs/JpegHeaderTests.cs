using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class JpegHeaderTests
{
    // Tables before the frame (0xC4) have a marker among those of frames.
    private static readonly byte[] Tables = [0xFF, 0xC4, 0, 9, 8, 1, 2, 3, 4, 5, 6];

    private static readonly byte[] Frame = [0xFF, 0xC2, 0, 11, 8, 0x01, 0x2C, 0x02, 0x58, 3, 1, 0x11, 0];

    // A plain 255 and a restart marker within the pixels.
    private static readonly byte[] Scan = [0xFF, 0xDA, 0, 4, 1, 1, 5, 0xFF, 0, 6, 0xFF, 0xD3, 7, 0xFF, 0xD9];

    [Fact]
    public void The_size_is_that_of_the_frame_and_tables_are_none()
    {
        byte[] file = [0xFF, 0xD8, .. Tables, .. Frame, .. Scan];

        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 600, 300, 1), JpegHeader.Read(file));
        Assert.Equal(3, JpegHeader.Channels(file));
    }

    [Fact]
    public void Pixels_before_their_size_are_damage()
    {
        byte[] file = [0xFF, 0xD8, .. Tables, .. Scan];

        var error = Assert.Throws<ImageException>(() => JpegHeader.Read(file));
        Assert.Contains("before their size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_in_two_segments_is_put_together_and_other_data_left_out()
    {
        byte[] file =
        [
            0xFF, 0xD8, .. App2([.. "ICC_PROFILE\0"u8, 1, 2, 10, 11]), .. App2([.. "MPF\0"u8, 99]),
            .. App2([.. "ICC_PROFILE\0"u8, 2, 2, 12]), .. Frame, .. Scan,
        ];

        Assert.Equal([10, 11, 12], JpegHeader.ColorProfile(file).ToArray());
        Assert.Empty(JpegHeader.ColorProfile((byte[])[0xFF, 0xD8, .. Frame, .. Scan]).ToArray());

        static byte[] App2(byte[] content) => [0xFF, 0xE2, 0, (byte)(content.Length + 2), .. content];
    }

    [Fact]
    public void Jpeg_without_its_end_is_cut_off()
    {
        var file = new Image(64, 64).Encode(ImageFormat.Jpeg);
        var error = Assert.Throws<ImageException>(() => JpegHeader.Read(file.AsSpan(0, file.Length / 2)));
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Orientation_of_a_jpeg_is_found_in_either_byte_order()
    {
        foreach (var littleEndian in new[] { true, false })
        {
            var file = MadeFiles.WithExif(new Image(8, 4).Encode(ImageFormat.Jpeg), orientation: 6, littleEndian);
            Assert.Equal(6, ImageHeader.Read(file).Orientation);
        }
    }
}
