using nietras.SeparatedValues;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>
/// Tables as text: comma-separated, quoted where a cell needs it (RFC 4180), lines ended by a line feed.
/// </summary>
public sealed class CsvTable
{
    private static readonly Sep Comma = Sep.New(',');

    private CsvTable(IReadOnlyList<string> header, IReadOnlyList<CsvRow> rows) => (Header, Rows) = (header, rows);

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>All rows but the header; empty lines are left out.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Writes a table.</summary>
    /// <param name="header">Names of the columns, each once.</param>
    /// <param name="rows">A cell for each column.</param>
    public static string Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var text = new StringWriter { NewLine = "\n" };
        using (var writer = Comma.Writer(options => options with { Escape = true }).To(text, leaveOpen: true))
        {
            writer.Header.Add([.. header]);
            writer.Header.Write();
            foreach (var cells in rows)
            {
                using var row = writer.NewRow();
                for (var i = 0; i < cells.Count; i++)
                    row[i].Set(cells[i]);
            }
        }
        return text.ToString();
    }

    /// <summary>Reads a table; spaces around cells do not count.</summary>
    /// <param name="text">The file's content, with a header in its first line.</param>
    public static CsvTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Rows of another length than the header are for the caller to complain about, with their line.
        using var reader = Comma.Reader(options => options with
        {
            HasHeader = false,
            Unescape = true,
            Trim = SepTrim.All,
            DisableColCountCheck = true,
        }).FromText(text.TrimStart('\uFEFF'));
        var rows = new List<CsvRow>();
        foreach (var row in reader)
            if (row.ColCount > 1 || row[0].Span.Length > 0)
                rows.Add(new CsvRow(row.LineNumberFrom, row[..].ToStringsArray()));
        return rows.Count == 0 ? new CsvTable([], []) : new CsvTable(rows[0].Cells, rows[1..]);
    }

    /// <summary>A text as a field: in quotes where it has a comma, a quote or a line end.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>One row of a table.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Cells">A text for each column.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells);
