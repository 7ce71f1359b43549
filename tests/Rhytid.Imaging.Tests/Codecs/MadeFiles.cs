using System.Buffers.Binary;
using System.IO.Compression;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>
/// Image files written byte by byte from their specifications, so that no encoder of ours vouches for itself.
/// </summary>
internal static class MadeFiles
{
    /// <summary>
    /// A 24-bit bitmap; pixel (x, y) is blue x, green y, red 7 (modulo 256). A negative height stores rows from the
    /// top.
    /// </summary>
    public static byte[] Bmp(int width, int height)
    {
        var rows = Math.Abs(height);
        var stride = ((3 * width) + 3) / 4 * 4;
        var file = new byte[54 + (stride * rows)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        for (var y = 0; y < rows; y++)
        {
            var stored = height > 0 ? rows - 1 - y : y;
            for (var x = 0; x < width; x++)
                ((byte[])[(byte)x, (byte)y, 7]).CopyTo(file, 54 + (stored * stride) + (3 * x));
        }
        return file;
    }

    /// <summary>
    /// An uncompressed TIFF with any number of 8-bit or 16-bit samples; photometric 1 grey, 2 RGB, 5 CMYK.
    /// </summary>
    public static byte[] Tiff(
        int width, int height, int samples = 3, int bits = 8, int photometric = 2,
        Func<int, int, int, int>? sampleAt = null, int orientation = 1)
    {
        var bytes = bits / 8;
        var pixels = new byte[width * height * samples * bytes];
        for (var i = 0; i < width * height * samples; i++)
        {
            var value = sampleAt?.Invoke(i / samples % width, i / samples / width, i % samples) ?? i;
            if (bytes == 1)
                pixels[i] = (byte)value;
            else
                BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * i), (ushort)value);
        }
        List<(int Tag, int Type, int Count, int Value)> entries =
        [
            (256, 4, 1, width),
                (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, 1), (262, 3, 1, photometric), (273, 4, 1, 0),
                (274, 3, 1, orientation), (277, 3, 1, samples), (278, 4, 1, height), (279, 4, 1, pixels.Length),
            ];
        if (photometric == 5)
            entries.Add((332, 3, 1, 1));
        const int Directory = 8;
        var bitsAt = Directory + 2 + (12 * entries.Count) + 4;
        var dataAt = bitsAt + (2 * samples);
        var file = new byte[dataAt + pixels.Length];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), Directory);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(Directory), (short)entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var (tag, type, count, value) = entries[i];
            (count, value) = tag switch
            {
                273 => (1, dataAt),
                258 when samples > 2 => (samples, bitsAt),
                _ => (count, value),
            };
            var at = file.AsSpan(Directory + 2 + (12 * i));
            BinaryPrimitives.WriteInt16LittleEndian(at, (short)tag);
            BinaryPrimitives.WriteInt16LittleEndian(at[2..], (short)type);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], count);
            BinaryPrimitives.WriteInt32LittleEndian(at[8..], value);
        }
        for (var i = 0; i < samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(bitsAt + (2 * i)), (short)bits);
        pixels.CopyTo(file, dataAt);
        return file;
    }

    /// <summary>
    /// A PNG of any colour type, one filter-free row after the other. <paramref name="rows"/> holds the raw rows.
    /// </summary>
    public static byte[] Png(
        int width, int height, int bitDepth, int colorType, byte[] rows,
        params (string Type, byte[] Data)[] chunksBeforePixels)
    {
        var stride = rows.Length / Math.Max(1, height);
        using var raw = new MemoryStream();
        using (var zlib = new ZLibStream(raw, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height && stride > 0; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(rows, y * stride, stride);
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[9] = (byte)colorType;
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(file, "IHDR", header);
        foreach (var (type, data) in chunksBeforePixels)
            WriteChunk(file, type, data);
        WriteChunk(file, "IDAT", raw.ToArray());
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>EXIF data with nothing but an orientation.</summary>
    public static byte[] Exif(int orientation, bool littleEndian)
    {
        var tiff = new byte[26];
        (littleEndian ? "II*\0"u8 : "MM\0*"u8).CopyTo(tiff);
        Write32(4, 8);
        Write16(8, 1);
        Write16(10, 0x0112);
        Write16(12, 3);
        Write32(14, 1);
        Write16(18, orientation);
        return tiff;

        void Write16(int at, int value)
        {
            if (littleEndian)
                BinaryPrimitives.WriteInt16LittleEndian(tiff.AsSpan(at), (short)value);
            else
                BinaryPrimitives.WriteInt16BigEndian(tiff.AsSpan(at), (short)value);
        }

        void Write32(int at, int value)
        {
            if (littleEndian)
                BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at), value);
            else
                BinaryPrimitives.WriteInt32BigEndian(tiff.AsSpan(at), value);
        }
    }

    /// <summary>A JPEG with an EXIF segment put in front of its own segments.</summary>
    public static byte[] WithExif(byte[] jpeg, int orientation, bool littleEndian)
    {
        byte[] payload = [.. "Exif\0\0"u8, .. Exif(orientation, littleEndian)];
        var length = payload.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. payload, .. jpeg.AsSpan(2)];
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        file.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}
