using System.Buffers.Binary;
using System.IO.Compression;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>
/// Image files written byte by byte from their specifications, so that no encoder of ours vouches for itself.
/// </summary>
internal static class MadeFiles
{
    /// <summary>
    /// A bitmap of 24 bits, or of 32 with nothing in the last 8; pixel (x, y) is blue x, green y, red 7 (modulo 256). A
    /// negative height stores rows from the top.
    /// </summary>
    public static byte[] Bmp(int width, int height, int bits = 24)
    {
        var rows = Math.Abs(height);
        var stride = ((bits / 8 * width) + 3) / 4 * 4;
        var file = new byte[54 + (stride * rows)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), (short)bits);
        for (var y = 0; y < rows; y++)
        {
            var stored = height > 0 ? rows - 1 - y : y;
            for (var x = 0; x < width; x++)
                ((byte[])[(byte)x, (byte)y, 7]).CopyTo(file, 54 + (stored * stride) + (bits / 8 * x));
        }
        return file;
    }

    /// <summary>
    /// An uncompressed TIFF with any number of samples of 4 (one sample only), 8 or 16 bits; photometric 1 grey, 2 RGB,
    /// 3 palette (of loud colours), 5 CMYK.
    /// </summary>
    public static byte[] Tiff(
        int width, int height, int samples = 3, int bits = 8, int photometric = 2,
        Func<int, int, int, int>? sampleAt = null, int orientation = 1, int subfileType = 0)
    {
        var stride = ((width * samples * bits) + 7) / 8;
        var pixels = new byte[stride * height];
        for (var i = 0; i < width * height * samples; i++)
        {
            var (x, y) = (i / samples % width, i / samples / width);
            var value = sampleAt?.Invoke(x, y, i % samples) ?? i;
            if (bits == 16)
                BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * i), (ushort)value);
            else if (bits == 4)
                pixels[(y * stride) + (x / 2)] |= (byte)(value << (x % 2 == 0 ? 4 : 0));
            else
                pixels[i] = (byte)value;
        }
        List<(int Tag, int Type, int[] Values)> entries =
        [
            (254, 4, [subfileType]), (256, 4, [width]), (257, 4, [height]),
            (258, 3, [.. Enumerable.Repeat(bits, samples)]), (259, 3, [1]), (262, 3, [photometric]), (273, 4, [0]),
            (274, 3, [orientation]), (277, 3, [samples]), (278, 4, [height]), (279, 4, [pixels.Length]),
        ];
        if (photometric == 3)
            entries.Add((320, 3, [.. Enumerable.Range(0, 3 << bits).Select(i => i * 12345 % 65536)]));
        if (photometric == 5)
            entries.Add((332, 3, [1]));
        return TiffFile(entries, pixels);
    }

    /// <summary>
    /// A camera's raw picture whose sensor sees linear sRGB: red, green and blue behind a mosaic of filters, 16 bits.
    /// </summary>
    public static byte[] Dng(
        int width, int height, int compression = 1, int red = 20000, int green = 20000, int blue = 20000)
    {
        int[] mosaic = [red, green, green, blue];
        var pixels = new byte[2 * width * height];
        for (var i = 0; i < width * height; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(
                pixels.AsSpan(2 * i), (ushort)mosaic[(2 * (i / width % 2)) + (i % width % 2)]);
        int[] fromXyz = [3240, -1537, -499, -969, 1876, 42, 56, -204, 1057];
        return TiffFile(
            [
                (254, 4, [0]), (256, 4, [width]), (257, 4, [height]), (258, 3, [16]), (259, 3, [compression]),
                (262, 3, [32803]), (271, 2, Ascii("Drawn")), (272, 2, Ascii("Camera")), (273, 4, [0]), (274, 3, [1]),
                (277, 3, [1]), (278, 4, [height]), (279, 4, [pixels.Length]), (284, 3, [1]), (33421, 3, [2, 2]),
                (33422, 1, [0, 1, 1, 2]), (50706, 1, [1, 4, 0, 0]), (50707, 1, [1, 1, 0, 0]),
                (50708, 2, Ascii("Drawn Camera")), (50714, 4, [0]), (50717, 4, [65535]),
                (50721, 10, [.. fromXyz.SelectMany(value => new[] { value, 1000 })]),
                (50728, 5, [1, 1, 1, 1, 1, 1]), (50778, 3, [21]),
            ],
            pixels);

        static int[] Ascii(string text) => [.. text.Select(letter => (int)letter), 0];
    }

    // Values of more than four bytes lie behind the directory, pixels behind them.
    private static byte[] TiffFile(List<(int Tag, int Type, int[] Values)> entries, byte[] pixels)
    {
        const int Directory = 8;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(Directory);
        writer.Write((short)entries.Count);
        var bodies = entries.ConvertAll(entry => Bytes(entry.Type, entry.Values));
        var bodyAt = Directory + 2 + (12 * entries.Count) + 4;
        var pixelsAt = bodyAt + bodies.Where(body => body.Length > 4).Sum(body => body.Length + (body.Length % 2));
        foreach (var ((tag, type, values), body) in entries.Zip(bodies))
        {
            writer.Write((ushort)tag);
            writer.Write((ushort)type);
            writer.Write(type is 5 or 10 ? values.Length / 2 : values.Length);
            writer.Write(
                tag == 273 ? BitConverter.GetBytes(pixelsAt)
                : body.Length > 4 ? BitConverter.GetBytes(bodyAt)
                : [.. body, .. new byte[4 - body.Length]]);
            bodyAt += body.Length > 4 ? body.Length + (body.Length % 2) : 0;
        }
        writer.Write(0);
        foreach (var body in bodies.Where(body => body.Length > 4))
            writer.Write([.. body, .. new byte[body.Length % 2]]);
        writer.Write(pixels);
        return file.ToArray();

        static byte[] Bytes(int type, int[] values) => type switch
        {
            1 or 2 => Array.ConvertAll(values, value => (byte)value),
            3 => [.. values.SelectMany(value => BitConverter.GetBytes((ushort)value))],
            _ => [.. values.SelectMany(BitConverter.GetBytes)],
        };
    }

    /// <summary>An ICC profile of three primaries (seen under D50) and the curve of sRGB.</summary>
    public static byte[] RgbProfile(params double[] primaries)
    {
        double[] curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
        byte[] body = [.. "para"u8, 0, 0, 0, 0, 0, 3, 0, 0, .. curve.SelectMany(Fixed)];
        List<(string Name, byte[] Body)> tags = [("wtpt", Xyz(0.9642, 1, 0.8249))];
        foreach (var (name, i) in new[] { ("r", 0), ("g", 3), ("b", 6) })
        {
            tags.Add((name + "XYZ", Xyz(primaries[i], primaries[i + 1], primaries[i + 2])));
            tags.Add((name + "TRC", body));
        }
        using var file = new MemoryStream();
        file.Write(new byte[128]);
        file.Write(Number(tags.Count));
        var at = 132 + (12 * tags.Count);
        foreach (var (name, content) in tags)
        {
            file.Write([.. System.Text.Encoding.ASCII.GetBytes(name), .. Number(at), .. Number(content.Length)]);
            at += content.Length;
        }
        foreach (var (_, content) in tags)
            file.Write(content);
        var profile = file.ToArray();
        Number(profile.Length).CopyTo(profile, 0);
        profile[8] = 4;
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(profile.AsSpan(68));
        return profile;

        static byte[] Xyz(params double[] values) => [.. "XYZ \0\0\0\0"u8, .. values.SelectMany(Fixed)];

        static byte[] Fixed(double value) => Number((int)Math.Round(value * 65536));

        static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    /// <summary>The profile of wide-gamut displays, which phones write into photos.</summary>
    public static byte[] DisplayP3() =>
        RgbProfile(0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407);

    /// <summary>sRGB as a profile.</summary>
    public static byte[] Srgb() =>
        RgbProfile(0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141);

    /// <summary>A JPEG with a colour profile.</summary>
    public static byte[] WithProfile(byte[] jpeg, byte[] profile) =>
    [
        0xFF, 0xD8, 0xFF, 0xE2, (byte)((profile.Length + 16) >> 8), (byte)(profile.Length + 16),
        .. "ICC_PROFILE\0\x1\x1"u8, .. profile, .. jpeg.AsSpan(2),
    ];

    /// <summary>The content of a PNG's chunk of a colour profile.</summary>
    public static byte[] PngProfile(byte[] profile)
    {
        using var memory = new MemoryStream();
        memory.Write("drawn\0\0"u8);
        using (var zlib = new ZLibStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(profile);
        return memory.ToArray();
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

    public static uint Crc32(ReadOnlySpan<byte> bytes)
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
