using System.Text;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>
/// Tables as text: comma-separated, quoted where a cell needs it (RFC 4180), lines ended by a line feed.
/// </summary>
public static class CsvTable
{
    private static readonly System.Buffers.SearchValues<char> NeedQuotes = System.Buffers.SearchValues.Create(
        ",\"\r\n");

    /// <summary>A table with its header.</summary>
    public static string Of(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        Append(text, header);
        foreach (var row in rows)
            Append(text, row);
        return text.ToString();
    }

    /// <summary>A text as a field: in quotes where it has a comma, a quote or a line end.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(NeedQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) =>
        text.AppendJoin(',', cells.Select(Field)).Append('\n');

}
