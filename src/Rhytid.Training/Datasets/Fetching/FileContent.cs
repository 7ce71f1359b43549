using System.Text;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>What a fetched file has to be, told from its bytes.</summary>
public enum FileContent
{
    /// <summary>Anything but a web page.</summary>
    Any,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A NumPy array.</summary>
    Npy,
}

/// <summary>Looks at a file's first and last bytes.</summary>
internal static class FileContents
{
    /// <summary>Bytes from the start that are enough to tell.</summary>
    public const int HeadBytes = 256;

    private static readonly byte[] PngEnd = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    public static FileContent OfPath(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => FileContent.Png,
        ".ZIP" => FileContent.Zip,
        ".NPY" => FileContent.Npy,
        _ => FileContent.Any,
    };

    /// <summary>A login or a "too large to scan" page arrives with status 200; its first bytes give it away.</summary>
    public static bool IsWebPage(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    public static bool Starts(FileContent content, ReadOnlySpan<byte> head) => content switch
    {
        FileContent.Png => head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        FileContent.Zip => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8),
        FileContent.Npy => head.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']),
        _ => true,
    };

    /// <summary>A server that announces too few bytes cuts a picture without any error of the connection.</summary>
    public static bool Ends(FileContent content, Stream file)
    {
        if (content != FileContent.Png)
            return true;
        if (file.Length < PngEnd.Length)
            return false;
        var tail = new byte[PngEnd.Length];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return tail.AsSpan().SequenceEqual(PngEnd);
    }

    public static string Name(FileContent content) => content switch
    {
        FileContent.Png => "a PNG picture",
        FileContent.Zip => "a zip archive",
        FileContent.Npy => "a NumPy array",
        _ => "the file",
    };
}
