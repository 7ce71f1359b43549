using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Rhytid.Cli.Terminal;

/// <summary>Tables and JSON for standard output, all alike.</summary>
internal static class Tables
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A table with columns of text, then columns of numbers, which stand on the right.</summary>
    public static Table Create(IEnumerable<string> left, params IEnumerable<string> right)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var title in left)
            table.AddColumn(Markup.Escape(title));
        foreach (var title in right)
            table.AddColumn(new TableColumn(Markup.Escape(title)).RightAligned());
        // Names are what a row is found by: they are not folded.
        table.Columns[0].NoWrap();
        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) =>
        table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <summary>Prints the table.</summary>
    public static void Print(this Table table) => Messages.ForResults.Write(table);

    /// <summary>Prints a value as JSON.</summary>
    public static void PrintJson(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Indented));
}
