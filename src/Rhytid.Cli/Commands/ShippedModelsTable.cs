using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Models;
using Rhytid.Shipped;
using Spectre.Console;

namespace Rhytid.Cli.Commands;

/// <summary>The weight files that ship, as a table or as JSON; each is checked before it is listed.</summary>
internal static class ShippedModelsTable
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase
    };

    public static void Print(ShippedModels models, bool json)
    {
        foreach (var model in models.All)
            _ = models.PathOf(model.File);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(models.All, Indented));
            return;
        }
        var table = new Table { Border = TableBorder.Rounded }
            .AddColumn(new TableColumn("shipped file").NoWrap())
            .AddColumn("what")
            .AddColumn(new TableColumn("licence").NoWrap());
        foreach (var model in models.All)
            table.AddRow(Markup.Escape(model.File), Markup.Escape(model.Title), Markup.Escape(model.License));
        Messages.WriteWithin(table);
        Console.WriteLine("size and SHA-256 of each: --json");
    }
}
