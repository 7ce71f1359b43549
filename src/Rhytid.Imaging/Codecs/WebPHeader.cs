namespace Rhytid.Imaging.Codecs;

/// <summary>Reads a WebP's size from its VP8X, VP8 or VP8L chunk and its orientation from the EXIF chunk.</summary>
internal static class WebPHeader
{
    private const int AnimationFlag = 0x02;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "WebP", littleEndian: true);
        var type = reader.At(12, 4);
        var (width, height) = (0, 0);
        if (type.SequenceEqual("VP8X"u8))
        {
            if ((reader.Byte(20) & AnimationFlag) != 0)
                throw new ImageException("this is an animated WebP, which cannot be read; save one frame of it first");
            width = 1 + UInt24(reader, 24);
            height = 1 + UInt24(reader, 27);
        }
        else if (type.SequenceEqual("VP8 "u8))
        {
            width = reader.UInt16(26) & 0x3FFF;
            height = reader.UInt16(28) & 0x3FFF;
        }
        else if (type.SequenceEqual("VP8L"u8))
        {
            var bits = reader.UInt32(21);
            width = 1 + (int)(bits & 0x3FFF);
            height = 1 + (int)((bits >> 14) & 0x3FFF);
        }
        return new ImageHeader(
            ImageFormat.WebP, width, height, ExifOrientation.Read(Chunk(file, "EXIF"u8)));
    }

    /// <summary>The colour profile, or nothing.</summary>
    public static ReadOnlySpan<byte> ColorProfile(ReadOnlySpan<byte> file) => Chunk(file, "ICCP"u8);

    private static int UInt24(HeaderReader reader, long position) =>
        reader.UInt16(position) | (reader.Byte(position + 2) << 16);

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> file, ReadOnlySpan<byte> type)
    {
        var reader = new HeaderReader(file, "WebP", littleEndian: true);
        long position = 12;
        while (position + 8 <= file.Length)
        {
            var length = reader.UInt32(position + 4);
            if (reader.At(position, 4).SequenceEqual(type) && position + 8 + length <= file.Length)
                return reader.At(position + 8, (int)length);
            position += 8L + length + (length & 1);
        }
        return [];
    }
}
