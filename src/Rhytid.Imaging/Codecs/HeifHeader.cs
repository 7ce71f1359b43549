namespace Rhytid.Imaging.Codecs;

/// <summary>Reads the size of a HEIC or AVIF picture: the largest that its boxes of properties name.</summary>
internal static class HeifHeader
{
    private const int BoxHeader = 8;
    private const int VersionAndFlags = 4;

    /// <summary>By the brands in the first box; null for another kind of file.</summary>
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !file[4..].StartsWith("ftyp"u8))
            return null;
        var reader = new HeaderReader(file, "HEIF", littleEndian: false);
        var end = Math.Min(file.Length, reader.UInt32(0));
        ImageFormat? format = null;
        // The major brand, its version, and the compatible brands.
        for (var position = BoxHeader; position + 4 <= end; position += 4)
        {
            var brand = file.Slice(position, 4);
            if (brand.StartsWith("avif"u8) || brand.StartsWith("avis"u8))
                return ImageFormat.Avif;
            if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8)
                || brand.StartsWith("msf1"u8))
                format = ImageFormat.Heic;
        }
        return format;
    }

    public static ImageHeader Read(ReadOnlySpan<byte> file, ImageFormat format)
    {
        var reader = new HeaderReader(file, format == ImageFormat.Avif ? "AVIF" : "HEIC", littleEndian: false);
        var (width, height) = LargestSize(reader, 0, file.Length);
        // The decoder turns and mirrors by the picture's own properties; EXIF has no say in these formats.
        return new ImageHeader(format, width, height, Orientation: 1);
    }

    private static (int Width, int Height) LargestSize(HeaderReader reader, long position, long end)
    {
        var (width, height) = (0, 0);
        while (position + BoxHeader <= end)
        {
            var (start, length) = (position + BoxHeader, (long)reader.UInt32(position));
            if (length == 1)
                (start, length) = (start + 8, ((long)reader.UInt32(start) << 32) | reader.UInt32(start + 4));
            var next = length == 0 ? end : position + length;
            if (next < start || next > end)
                break;
            var type = reader.At(position + 4, 4);
            var (w, h) = (0, 0);
            if (type.SequenceEqual("meta"u8))
                (w, h) = LargestSize(reader, start + VersionAndFlags, next);
            else if (type.SequenceEqual("iprp"u8) || type.SequenceEqual("ipco"u8))
                (w, h) = LargestSize(reader, start, next);
            else if (type.SequenceEqual("ispe"u8))
                (w, h) = (reader.Side(reader.UInt32(start + 4)), reader.Side(reader.UInt32(start + 8)));
            if ((long)w * h > (long)width * height)
                (width, height) = (w, h);
            position = next;
        }
        return (width, height);
    }
}
