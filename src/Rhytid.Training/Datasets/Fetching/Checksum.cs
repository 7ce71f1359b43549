using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>What is published of a file's bytes; any of it may be unknown.</summary>
/// <param name="Sha256">64 hexadecimal digits in small letters, or null.</param>
/// <param name="Md5">32 hexadecimal digits in small letters, or null. Guards against damage, not against malice.</param>
/// <param name="Size">Bytes, or null.</param>
public sealed record Checksum(string? Sha256 = null, string? Md5 = null, long? Size = null)
{
    /// <summary>Nothing is known.</summary>
    public static Checksum Unknown { get; } = new();

    internal bool IsKnown => Sha256 is not null || Md5 is not null || Size is not null;

    /// <summary>What is wrong with a file's bytes, or null.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "FFHQ publishes MD5 and nothing else; it is checked against damage.")]
    internal string? ProblemOf(Stream file)
    {
        if (Size is { } size && file.Length != size)
            return $"it has {file.Length} bytes where {size} are published";
        return Mismatch(file, "SHA-256", Sha256, SHA256.HashData) ?? Mismatch(file, "MD5", Md5, MD5.HashData);
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    internal string? ProblemOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        return ProblemOf(stream);
    }

    private static string? Mismatch(Stream file, string name, string? expected, Func<Stream, byte[]> hash)
    {
        if (expected is null)
            return null;
        file.Position = 0;
        var actual = Convert.ToHexStringLower(hash(file));
        return actual == expected ? null : $"its {name} is {actual} where {expected} is published";
    }
}
