using System.Globalization;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Numbers of bytes as people write them: <c>500 MB</c>, <c>1GB</c>, <c>1 GiB</c>, <c>4096</c>.</summary>
public static class ByteSize
{
    private static readonly (string Name, long Bytes)[] Units =
    [
        ("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30), ("TIB", 1L << 40),
        ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    /// <summary>Reads a size.</summary>
    /// <param name="text">A number with or without a unit; a unit of kB, MB, GB, TB means thousands, KiB and so on
    /// 1024s.</param>
    /// <param name="bytes">The size, 1 or more.</param>
    /// <returns>False where the text is no size.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        bytes = 0;
        var typed = text.Trim().ToUpperInvariant();
        var unit = 1L;
        foreach (var (name, size) in Units)
        {
            if (!typed.EndsWith(name, StringComparison.Ordinal))
                continue;
            (typed, unit) = (typed[..^name.Length].TrimEnd(), size);
            break;
        }
        if (!decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > 1_000_000_000_000_000m / unit)
            return false;
        bytes = (long)(number * unit);
        return bytes > 0;
    }

    /// <summary>A size to read: "1.2 GB".</summary>
    public static string Format(double bytes)
    {
        var (name, unit) = bytes switch
        {
            >= 1e12 => ("TB", 1e12),
            >= 1e9 => ("GB", 1e9),
            >= 1e6 => ("MB", 1e6),
            >= 1e3 => ("kB", 1e3),
            _ => ("B", 1.0),
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"{(unit == 1 ? Math.Round(bytes) : bytes / unit):0.#} {name}");
    }
}
