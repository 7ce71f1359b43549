namespace Rhytid.Imaging.Codecs;

/// <summary>Finds the orientation tag (0x0112) in a block of EXIF data, which is a small TIFF file.</summary>
internal static class ExifOrientation
{
    private const int OrientationTag = 0x0112;

    /// <summary>
    /// 1 to 8; 1 (upright) where the block is damaged or says nothing: a wrong tag must not lose a photo.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];
        var littleEndian = exif.StartsWith("II*\0"u8);
        if (!littleEndian && !exif.StartsWith("MM\0*"u8))
            return 1;
        try
        {
            var reader = new HeaderReader(exif, "EXIF", littleEndian);
            var directory = reader.UInt32(4);
            var entries = reader.UInt16(directory);
            for (var i = 0; i < entries; i++)
            {
                var entry = directory + 2L + (12L * i);
                if (reader.UInt16(entry) == OrientationTag)
                    return Valid(reader.UInt16(entry + 8));
            }
        }
        catch (ImageException)
        {
        }
        return 1;
    }

    public static int Valid(long value) => value is >= 1 and <= 8 ? (int)value : 1;
}
