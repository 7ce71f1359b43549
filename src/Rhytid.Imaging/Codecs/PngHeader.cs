namespace Rhytid.Imaging.Codecs;

/// <summary>Reads a PNG's size (IHDR) and orientation (eXIf, when it stands before the pixels or after them).</summary>
internal static class PngHeader
{
    private const int HeaderBytes = 13;
    private const int HeaderEnd = 33;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        if (!reader.At(12, 4).SequenceEqual("IHDR"u8) || reader.UInt32(8) != HeaderBytes || file.Length < HeaderEnd)
            throw new ImageException("the PNG header is damaged: IHDR is missing");
        var width = reader.Side(reader.UInt32(16));
        var height = reader.Side(reader.UInt32(20));
        return new ImageHeader(ImageFormat.Png, width, height, Orientation(file, reader));
    }

    /// <summary>
    /// The file without its iCCP chunk: the profile is not used, and the PNG library complains on the terminal about
    /// the broken ones that common programs write.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutColorProfile(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        for (long position = 8; position + 12 <= file.Length; position += 12L + reader.UInt32(position))
        {
            var type = reader.At(position + 4, 4);
            if (type.SequenceEqual("IDAT"u8))
                break;
            var end = position + 12L + reader.UInt32(position);
            if (type.SequenceEqual("iCCP"u8) && end <= file.Length)
                return (byte[])[.. file[..(int)position], .. file[(int)end..]];
        }
        return file;
    }

    /// <summary>The compressed colour profile, or nothing.</summary>
    public static ReadOnlySpan<byte> ColorProfile(ReadOnlySpan<byte> file)
    {
        const int Compression = 2; // the end of the name and the method, which is always zlib
        foreach (var (type, start, length) in PngChunks.Read(file))
            if (type == "iCCP" && file.Slice(start, length) is var chunk && chunk.IndexOf((byte)0) is var name and > 0
                && name + Compression < length)
                return chunk[(name + Compression)..];
        return [];
    }

    private static int Orientation(ReadOnlySpan<byte> file, HeaderReader reader)
    {
        long position = 8;
        while (position + 12 <= file.Length)
        {
            var length = reader.UInt32(position);
            var type = reader.At(position + 4, 4);
            if (type.SequenceEqual("eXIf"u8) && position + 8 + length <= file.Length)
                return ExifOrientation.Read(reader.At(position + 8, (int)length));
            position += 12L + length;
        }
        return 1;
    }
}
