namespace Rhytid.Imaging.Codecs;

/// <summary>Walks a JPEG's marker segments to its end: size, EXIF orientation, and whether the file is whole.</summary>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    public const byte EndOfImage = 0xD9;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;

    private static ReadOnlySpan<byte> ProfileStart => "ICC_PROFILE\0"u8;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "JPEG", littleEndian: false);
        var (width, height, orientation) = (0, 0, 1);
        long position = 2;
        while (true)
        {
            var marker = NextMarker(file, ref position);
            if (marker == EndOfImage)
                break;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            var length = reader.UInt16(position);
            if (length < 2)
                throw new ImageException("the JPEG header is damaged: a segment without a length");
            if (IsStartOfFrame(marker) && width == 0)
                (height, width) = (reader.UInt16(position + 3), reader.UInt16(position + 5));
            if (marker == App1 && orientation == 1)
                orientation = ExifOrientation.Read(reader.At(position + 2, length - 2));
            position += length;
            if (marker == StartOfScan && width == 0)
                throw new ImageException("the JPEG header is damaged: pixels come before their size");
        }
        return new ImageHeader(ImageFormat.Jpeg, width, height, orientation);
    }

    /// <summary>The number of channels; 4 are the inks of a printer.</summary>
    public static int Channels(ReadOnlySpan<byte> file)
    {
        foreach (var (marker, start, length) in Segments(file))
            if (IsStartOfFrame(marker) && length > 5)
                return file[start + 5];
        return 0;
    }

    /// <summary>The colour profile, put together from its segments, or nothing.</summary>
    public static ReadOnlySpan<byte> ColorProfile(ReadOnlySpan<byte> file)
    {
        const int Numbers = 2; // which part this is, and of how many
        using var profile = new MemoryStream();
        foreach (var (marker, start, length) in Segments(file))
            if (marker == App2 && file.Slice(start, length) is var content && content.StartsWith(ProfileStart)
                && length >= ProfileStart.Length + Numbers)
                profile.Write(content[(ProfileStart.Length + Numbers)..]);
        return profile.ToArray();
    }

    // Those before the pixels.
    private static List<(byte Marker, int Start, int Length)> Segments(ReadOnlySpan<byte> file)
    {
        var segments = new List<(byte Marker, int Start, int Length)>();
        var reader = new HeaderReader(file, "JPEG", littleEndian: false);
        for (long position = 2; NextMarker(file, ref position) is not (StartOfScan or EndOfImage) and var marker;)
        {
            if (marker is 0x01 or 0xD8)
                continue;
            var length = reader.UInt16(position);
            segments.Add((marker, (int)position + 2, reader.At(position, Math.Max(2, length)).Length - 2));
            position += length;
        }
        return segments;
    }

    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // Between scans lies entropy-coded data, in which 0xFF is followed by 0 (a plain 255) or by a restart marker.
    internal static byte NextMarker(ReadOnlySpan<byte> file, ref long position)
    {
        while (position < file.Length)
        {
            var next = file[(int)position..].IndexOf((byte)0xFF);
            if (next < 0)
                break;
            position += next + 1;
            while (position < file.Length && file[(int)position] == 0xFF)
                position++;
            if (position >= file.Length)
                break;
            var marker = file[(int)position++];
            if (marker is not 0x00 and not (>= 0xD0 and <= 0xD7))
                return marker;
        }
        throw new ImageException("the JPEG file is cut off: its end is missing");
    }
}
