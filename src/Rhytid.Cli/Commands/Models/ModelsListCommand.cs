using System.Globalization;
using System.Text.Json;
using Rhytid.Models;
using Rhytid.Shipped;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Models;

/// <summary>
/// <c>rhytid models list</c>: the weight files that ship, and every network with its parameters counted, beside the
/// published figures.
/// </summary>
internal static class ModelsListCommand
{
    private const string AllCount = "all";
    private const string LeafCount = "leaf";

    private static readonly JsonSerializerOptions CamelCase = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase
    };

    private sealed record Row(string Choices, long All, long Leaf, PublishedCount Published);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Lists the weight files that ship, and every network with its number of parameters, counted now, "
                + "and the published figure.");
        var count = command.Text(
            "--count", "all|leaf",
            "Show only one count: all parameters, or leaf (layers only, without position tables).",
            value => value is AllCount or LeafCount ? null : $"--count '{value}' is unknown; use all or leaf");
        var shipped = command.Flag(
            "--shipped", "Only the weight files that ship with Rhytid, each checked against its hash.");
        var json = command.Json("the table");
        return command.Does(() =>
        {
            if (shipped || !json)
                PrintShipped(ShippedModels.Default, json);
            if (shipped)
                return ExitCodes.Done;
            var rows = PublishedCounts.All.Select(Count).ToList();
            if (json)
                PrintJson(rows);
            else
                PrintTable(rows, count);
            return ExitCodes.Done;
        });
    }

    // Each file is checked before any is listed.
    private static void PrintShipped(ShippedModels models, bool json)
    {
        foreach (var model in models.All)
            _ = models.PathOf(model.File);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(models.All, CamelCase));
            return;
        }
        var table = Tables.Create(["shipped file", "what", "licence"]);
        table.Columns[2].NoWrap();
        foreach (var model in models.All)
            table.Add(model.File, model.Title, model.License);
        Messages.WriteWithin(table);
        Console.WriteLine("size and SHA-256 of each: --json");
    }

    private static Row Count(PublishedCount published)
    {
        var options = published.Options;
        var (all, leaf) = PublishedCounts.Count(published.Id, options);
        string?[] choices =
        [
            options.Window is { } window ? $"window {window}" : null,
            options.Depths is { } depths ? $"depths {string.Join(',', depths)}" : null,
            options.Gate is { } gate ? $"gate {gate.ToString().ToLowerInvariant()}" : null,
            options.Bilinear is true ? "bilinear" : null,
        ];
        return new Row(string.Join(", ", choices.OfType<string>()), all, leaf, published);
    }

    private static void PrintTable(List<Row> rows, string? count)
    {
        var (all, leaf) = (count is null or AllCount, count is null or LeafCount);
        string[] numbers = [.. all ? ["all"] : Array.Empty<string>(), .. leaf ? ["leaf only"] : Array.Empty<string>()];
        var table = Tables.Create(["model", "channels", "options"], [.. numbers, "published"]);
        table.AddColumn("note").Columns[1].NoWrap();
        foreach (var (choices, sum, layers, published) in rows)
        {
            string[] notes = [published.Matches is false ? "differs" : "", published.Note];
            List<string> cells =
                [published.Id, $"{published.Options.InChannels} -> {published.Options.OutChannels}", choices];
            if (all)
                cells.Add(Number(sum));
            if (leaf)
                cells.Add(Number(layers));
            table.Add([.. cells, published.Published ?? "", string.Join("; ", notes.Where(note => note.Length > 0))]);
        }
        Messages.WriteWithin(table);
        Console.WriteLine(
            "all: every trained parameter; leaf only: without the position tables of attention, "
                + "as layer-wise counting tools do");
        foreach (var model in ModelCatalog.All)
            Console.WriteLine($"{model.Id,-17} {model.Title} ({model.Source})");
    }

    private static void PrintJson(List<Row> rows) => Tables.PrintJson(rows.Select(row => new
    {
        model = row.Published.Id,
        inChannels = row.Published.Options.InChannels,
        outChannels = row.Published.Options.OutChannels,
        options = row.Choices,
        all = row.All,
        leaf = row.Leaf,
        published = row.Published.Published,
        matches = row.Published.Matches,
        note = row.Published.Note,
    }));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
