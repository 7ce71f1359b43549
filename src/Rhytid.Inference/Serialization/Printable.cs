using System.Text;

namespace Rhytid.Inference.Serialization;

/// <summary>
/// Text from a file made fit for a message: no control characters that a terminal would obey, no endless names.
/// </summary>
internal static class Printable
{
    private const int MaxLength = 80;

    public static string Clip(string text)
    {
        var result = new StringBuilder(Math.Min(text.Length, MaxLength) + 3);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
            result.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return text.Length > MaxLength ? result.Append("...").ToString() : result.ToString();
    }

    /// <summary>"64 x 3 x 3 x 3"; "one value" for no dimensions.</summary>
    public static string Shape(IReadOnlyList<long> shape) =>
        shape.Count == 0 ? "one value" : string.Join(" x ", shape.Take(8)) + (shape.Count > 8 ? " x ..." : "");
}
