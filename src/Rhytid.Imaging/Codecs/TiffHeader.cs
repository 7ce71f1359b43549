namespace Rhytid.Imaging.Codecs;

/// <summary>Reads the tags of a TIFF's first page, and of a DNG's full picture, that matter before decoding.</summary>
internal static class TiffHeader
{
    private const int SubfileType = 0x00FE;
    private const int Width = 0x0100;
    private const int Height = 0x0101;
    private const int BitsPerSample = 0x0102;
    private const int Photometric = 0x0106;
    private const int Orientation = 0x0112;
    private const int SamplesPerPixel = 0x0115;
    private const int SubDirectories = 0x014A;
    private const int ColorMap = 0x0140;
    private const int Profile = 0x8773;
    private const int DngVersion = 0xC612;
    private const int ShortType = 3;
    private const int BlackIsZero = 1;
    private const int Palette = 3;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = Reader(file);
        var first = reader.UInt32(4);
        if (Entry(reader, first, DngVersion) is not null)
            return ReadDng(reader, first);
        // Raw files of other kinds begin with a preview.
        if (IsReduced(reader, first) || (file.Length > 9 && file[8..].StartsWith("CR"u8)))
            throw new ImageException(
                "only a preview of this camera's raw file can be read; export it as DNG, TIFF or JPEG first");
        return Header(reader, first, ImageFormat.Tiff, ExifOrientation.Valid(Value(reader, first, Orientation, 1)));
    }

    /// <summary>Whether the first page is one channel of grey levels.</summary>
    public static bool IsGray(ReadOnlySpan<byte> file)
    {
        var reader = Reader(file);
        var first = reader.UInt32(4);
        return Value(reader, first, SamplesPerPixel, 1) == 1 && Value(reader, first, Photometric, 0) <= BlackIsZero;
    }

    /// <summary>The colour profile, or nothing.</summary>
    public static ReadOnlySpan<byte> ColorProfile(ReadOnlySpan<byte> file)
    {
        var reader = Reader(file);
        return Entry(reader, reader.UInt32(4), Profile) is { } entry && reader.UInt32(entry + 4) is var count and > 4
            ? reader.At(reader.UInt32(entry + 8), (int)Math.Min(count, int.MaxValue))
            : [];
    }

    /// <summary>
    /// A page with a palette as one whose entries are grey levels of the entries' numbers; any other file as it is.
    /// </summary>
    public static byte[] AsNumbers(byte[] file)
    {
        var reader = Reader(file);
        var first = reader.UInt32(4);
        var bits = (int)Value(reader, first, BitsPerSample, 1);
        if (Value(reader, first, Photometric, 0) != Palette || Entry(reader, first, ColorMap) is not { } entry
            || bits > 8)
            return file;
        var numbers = (byte[])file.Clone();
        // All reds, all greens, all blues, of 16 bits each.
        var place = (int)reader.UInt32(entry + 8);
        var map = numbers.AsSpan(place, reader.At(place, 3 * (2 << bits)).Length);
        for (var i = 0; i < map.Length; i++)
            map[i] = (byte)(i / 2 % (1 << bits));
        return numbers;
    }

    // The full picture is the largest that is no preview; its place in the file is free.
    private static ImageHeader ReadDng(HeaderReader reader, long first)
    {
        List<long> directories = [first];
        if (Entry(reader, first, SubDirectories) is { } entry)
        {
            var count = reader.UInt32(entry + 4);
            for (var i = 0; i < Math.Min(count, 16); i++)
                directories.Add(reader.UInt32(count == 1 ? entry + 8 : reader.UInt32(entry + 8) + (4L * i)));
        }
        ImageHeader? full = null;
        foreach (var directory in directories)
            if (!IsReduced(reader, directory) && Header(reader, directory, ImageFormat.Dng, 1) is var header
                && (long)header.Width * header.Height > (long)(full?.Width ?? 0) * (full?.Height ?? 0))
                full = header;
        // The decoder turns the picture itself.
        return full ?? throw new ImageException("this DNG holds previews only");
    }

    private static ImageHeader Header(HeaderReader reader, long directory, ImageFormat format, int orientation) => new(
        format, reader.Side(Value(reader, directory, Width, 0)), reader.Side(Value(reader, directory, Height, 0)),
        orientation);

    private static bool IsReduced(HeaderReader reader, long directory) =>
        (Value(reader, directory, SubfileType, 0) & 1) != 0;

    private static uint Value(HeaderReader reader, long directory, int tag, uint fallback)
    {
        if (Entry(reader, directory, tag) is not { } entry)
            return fallback;
        // More values than fit into the entry lie elsewhere; the first one says enough.
        var isShort = reader.UInt16(entry + 2) == ShortType;
        var place = reader.UInt32(entry + 4) * (isShort ? 2L : 4L) > 4 ? reader.UInt32(entry + 8) : entry + 8;
        return isShort ? (uint)reader.UInt16(place) : reader.UInt32(place);
    }

    private static long? Entry(HeaderReader reader, long directory, int tag)
    {
        var entries = reader.UInt16(directory);
        for (var i = 0; i < entries; i++)
            if (directory + 2L + (12L * i) is var entry && reader.UInt16(entry) == tag)
                return entry;
        return null;
    }

    private static HeaderReader Reader(ReadOnlySpan<byte> file) =>
        new(file, "TIFF", littleEndian: file.StartsWith("II"u8));
}
