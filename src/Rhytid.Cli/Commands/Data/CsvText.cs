namespace Rhytid.Cli.Commands.Data;

/// <summary>Fields of CSV files.</summary>
internal static class CsvText
{
    /// <summary>A name as a field: in quotes where it has a comma, a quote or a line end.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
