using System.Buffers.Binary;
using System.IO.Compression;

namespace Rhytid.Imaging.Codecs;

/// <summary>The ICC colour profile that a file carries, and whether it says anything but sRGB.</summary>
internal static class IccProfile
{
    private const int HeaderLength = 128;
    private const int LongestProfile = 4 << 20;

    // What red, green and blue of sRGB are, seen under the profile's white (D50).
    private static readonly (string Tag, double X, double Y, double Z)[] Primaries =
    [
        ("rXYZ", 0.4361, 0.2225, 0.0139), ("gXYZ", 0.3851, 0.7169, 0.0971), ("bXYZ", 0.1431, 0.0606, 0.7141),
    ];

    /// <summary>The profile, or nothing where there is none or it is damaged.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> file, ImageFormat format)
    {
        try
        {
            return format switch
            {
                ImageFormat.Jpeg => JpegHeader.ColorProfile(file),
                ImageFormat.Png => Inflate(PngHeader.ColorProfile(file)),
                ImageFormat.WebP => WebPHeader.ColorProfile(file),
                ImageFormat.Tiff => TiffHeader.ColorProfile(file),
                _ => [],
            };
        }
        catch (Exception error) when (error is ImageException or InvalidDataException or IOException)
        {
            return [];
        }
    }

    /// <summary>Whether colours have to be converted; not where there is no profile.</summary>
    public static bool IsOther(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < HeaderLength + 4)
            return false;
        try
        {
            return profile[16..].StartsWith("RGB "u8)
                ? !HasPrimaries(profile) || !IsSrgbCurve(profile, "rTRC") || !IsSrgbCurve(profile, "gTRC")
                    || !IsSrgbCurve(profile, "bTRC")
                : !profile[16..].StartsWith("GRAY"u8) || !IsSrgbCurve(profile, "kTRC");
        }
        catch (ImageException)
        {
            return false;
        }
    }

    private static bool HasPrimaries(ReadOnlySpan<byte> profile)
    {
        const double Tolerance = 0.002;
        foreach (var (name, x, y, z) in Primaries)
        {
            var tag = new HeaderReader(Tag(profile, name), "ICC", littleEndian: false);
            if (tag.Length < 20 || Math.Abs(Fixed(tag, 8) - x) > Tolerance || Math.Abs(Fixed(tag, 12) - y) > Tolerance
                || Math.Abs(Fixed(tag, 16) - z) > Tolerance)
                return false;
        }
        return true;
    }

    private static bool IsSrgbCurve(ReadOnlySpan<byte> profile, string name)
    {
        const double Tolerance = 0.0015;
        foreach (var x in (ReadOnlySpan<double>)[0.1, 0.25, 0.5, 0.75])
            if (Math.Abs(Curve(Tag(profile, name), x) - Math.Pow((x + 0.055) / 1.055, 2.4)) > Tolerance)
                return false;
        return true;
    }

    private static double Curve(ReadOnlySpan<byte> tag, double x)
    {
        var reader = new HeaderReader(tag, "ICC", littleEndian: false);
        if (tag.StartsWith("curv"u8))
        {
            var count = (int)Math.Min(reader.UInt32(8), int.MaxValue);
            if (count <= 1)
                return count == 0 ? x : Math.Pow(x, reader.UInt16(12) / 256.0);
            var place = x * (count - 1);
            var (low, high) = (reader.UInt16(12 + (2L * (int)place)), reader.UInt16(12 + (2L * ((int)place + 1))));
            return (low + ((high - low) * (place - (int)place))) / ushort.MaxValue;
        }
        if (!tag.StartsWith("para"u8))
            return double.NaN;
        // g a b c d e f of the standard; each kind of curve has the first few of them.
        var parameters = new double[7];
        var given = reader.UInt16(8) switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, 4 => 7, _ => 0 };
        for (var i = 0; i < given; i++)
            parameters[i] = Fixed(reader, 12 + (4 * i));
        var (g, a, b, c, d) = (parameters[0], parameters[1], parameters[2], parameters[3], parameters[4]);
        return given switch
        {
            1 => Math.Pow(x, g),
            3 or 4 => Math.Pow(Math.Max(0, (a * x) + b), g) + (given == 4 ? c : 0),
            5 or 7 => x >= d ? Math.Pow((a * x) + b, g) + parameters[5] : (c * x) + parameters[6],
            _ => double.NaN,
        };
    }

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> profile, string name)
    {
        var reader = new HeaderReader(profile, "ICC", littleEndian: false);
        var wanted = BinaryPrimitives.ReadUInt32BigEndian(System.Text.Encoding.ASCII.GetBytes(name));
        var count = reader.UInt32(HeaderLength);
        for (long i = 0, entry = HeaderLength + 4; i < count; i++, entry += 12)
            if (reader.UInt32(entry) == wanted)
                return reader.At(reader.UInt32(entry + 4), (int)Math.Min(reader.UInt32(entry + 8), int.MaxValue));
        return [];
    }

    private static double Fixed(HeaderReader reader, long position) => (int)reader.UInt32(position) / 65536.0;

    private static ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> compressed)
    {
        if (compressed.IsEmpty)
            return [];
        using var stream = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        var profile = new byte[LongestProfile];
        return profile.AsSpan(0, stream.ReadAtLeast(profile, profile.Length, throwOnEndOfStream: false));
    }
}
