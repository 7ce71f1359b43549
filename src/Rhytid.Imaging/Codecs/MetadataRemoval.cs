using System.Buffers.Binary;

namespace Rhytid.Imaging.Codecs;

/// <summary>
/// Takes everything out of a picture file that is not needed to show it: EXIF, XMP, IPTC, comments, embedded previews,
/// and what phones append behind the picture. Coded pixels stay as they are, byte by byte; colour profiles stay too.
/// </summary>
internal static class MetadataRemoval
{
    private static readonly HashSet<string> ShownPngChunks = new(StringComparer.Ordinal)
    {
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "hIST", "pHYs",
    };

    private static readonly HashSet<string> ShownWebPChunks = new(StringComparer.Ordinal)
    {
        "VP8X", "VP8 ", "VP8L", "ALPH", "ICCP"
    };

    private const byte Jfif = 0xE0;

    // The segment with a preview of 0 x 0 pixels, which its last two bytes say.
    private const byte JfifLength = 16;

    public static byte[] FromJpeg(ReadOnlySpan<byte> file)
    {
        using var result = new MemoryStream(file.Length);
        var reader = new HeaderReader(file, "JPEG", littleEndian: false);
        result.Write(file[..2]);
        long position = 2;
        while (true)
        {
            var from = position;
            var marker = JpegHeader.NextMarker(file, ref position);
            // Between the last segment and this marker: the coded pixels of a scan, or padding.
            result.Write(file[(int)from..(int)(position - 2)]);
            if (marker == JpegHeader.EndOfImage)
                break;
            if (marker is 0x01 or 0xD8)
                continue;
            var length = reader.UInt16(position);
            var segment = reader.At(position, length);
            if (marker == Jfif && segment.Length >= JfifLength && segment[2..].StartsWith("JFIF\0"u8))
            {
                result.Write([0xFF, marker, 0, JfifLength]);
                result.Write(segment[2..(JfifLength - 2)]);
                result.Write([0, 0]);
            }
            else if (IsShown(marker, segment[2..]))
            {
                result.Write([0xFF, marker]);
                result.Write(segment);
            }
            position += length;
        }
        result.Write([0xFF, JpegHeader.EndOfImage]);
        return result.ToArray();
    }

    public static byte[] FromPng(ReadOnlySpan<byte> file)
    {
        using var result = new MemoryStream(file.Length);
        result.Write(file[..8]);
        foreach (var (type, start, length) in PngChunks.Read(file))
        {
            if (ShownPngChunks.Contains(type))
                result.Write(file.Slice(start - 8, length + PngChunks.Frame));
            if (type == "IEND")
                break;
        }
        return result.ToArray();
    }

    public static byte[] FromWebP(ReadOnlySpan<byte> file)
    {
        const int header = 12;
        const int profileAndAlpha = 0x30;
        using var result = new MemoryStream(file.Length);
        result.Write(file[..header]);
        var reader = new HeaderReader(file, "WebP", littleEndian: true);
        for (long position = header; position + 8 <= file.Length;)
        {
            var length = reader.UInt32(position + 4);
            var end = Math.Min(file.Length, position + 8 + length + (length & 1));
            var type = System.Text.Encoding.ASCII.GetString(reader.At(position, 4));
            if (ShownWebPChunks.Contains(type))
            {
                var chunk = file[(int)position..(int)end].ToArray();
                // The flags say which chunks follow.
                if (type == "VP8X" && chunk.Length > 8)
                    chunk[8] &= profileAndAlpha;
                result.Write(chunk);
            }
            position = end;
        }
        var bytes = result.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    // APP0 is JFIF's density (and its own previews, which go), APP2 a colour profile, APP14 says how Adobe's programs
    // coded colour; comments and all other APPn go.
    private static bool IsShown(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        0xE2 => content.StartsWith("ICC_PROFILE\0"u8),
        0xEE => content.StartsWith("Adobe"u8),
        >= 0xE0 and <= 0xEF or 0xFE => false,
        _ => true,
    };
}
