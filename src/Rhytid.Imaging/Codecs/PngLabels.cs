using System.Buffers.Binary;

namespace Rhytid.Imaging.Codecs;

/// <summary>
/// Label pictures are often PNGs with a palette, whose colours are only for the eye: the number of the palette's entry
/// is the label. Decoders give the colours, so such a file is handed to them as a grey picture of the same numbers.
/// </summary>
internal static class PngLabels
{
    private const int HeaderEnd = 33;
    private const int BitDepthAt = 24;
    private const int ColorTypeAt = 25;
    private const int HeaderChecksumAt = 29;
    private const byte Gray = 0;
    private const byte Palette = 3;

    /// <summary>
    /// The file as a decoder should see it, and by what its decoded levels have to be divided to give the numbers.
    /// </summary>
    public static (byte[] File, int Divisor) AsNumbers(byte[] file)
    {
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        var (depth, type) = (reader.Byte(BitDepthAt), reader.Byte(ColorTypeAt));
        var isPalette = type == Palette && !HasGrayPalette(file);
        if (depth > 8 || (type != Gray && !isPalette))
            return (file, 1);
        // Decoders stretch grey of fewer bits to 0..255; a mask of one bit is stretched 0/1, which means the same.
        var divisor = depth is 1 or 2 or 4 ? byte.MaxValue / ((1 << depth) - 1) : 1;
        return (isPalette ? WithoutPalette(file) : file, divisor);
    }

    // A grey palette is a grey picture saved by an optimiser: there the colours are the values.
    private static bool HasGrayPalette(byte[] file)
    {
        foreach (var (type, start, length) in PngChunks.Read(file))
        {
            if (type != "PLTE")
                continue;
            for (var i = start; i + 2 < start + length; i += 3)
                if (file[i] != file[i + 1] || file[i] != file[i + 2])
                    return false;
            return true;
        }
        return false;
    }

    private static byte[] WithoutPalette(byte[] file)
    {
        using var result = new MemoryStream(file.Length);
        result.Write(file, 0, HeaderEnd);
        foreach (var (type, start, length) in PngChunks.Read(file))
            if (type is not ("IHDR" or "PLTE" or "tRNS" or "iCCP" or "bKGD" or "hIST"))
                result.Write(file, start - 8, length + 12);
        var bytes = result.ToArray();
        bytes[ColorTypeAt] = Gray;
        BinaryPrimitives.WriteUInt32BigEndian(
            bytes.AsSpan(HeaderChecksumAt), Checksum(bytes.AsSpan(12, HeaderChecksumAt - 12)));
        return bytes;
    }

    // CRC-32 of ISO 3309, as the PNG specification prescribes it; a header has 17 bytes, so there is no need for a
    // table.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
