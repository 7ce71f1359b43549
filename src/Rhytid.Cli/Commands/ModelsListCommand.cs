using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Models;
using Rhytid.Shipped;
using Spectre.Console;

namespace Rhytid.Cli.Commands;

/// <summary>
/// <c>rhytid models list</c>: the weight files that ship, and every network with its parameters counted, beside the
/// published figures.
/// </summary>
internal static class ModelsListCommand
{
    private sealed record Row(
        string Id, string Channels, string Choices, long All, long Leaf, PublishedCount Published);

    public static Command Create()
    {
        var count = CommonOptions.Validated(
            new Option<string?>("--count")
            {
                Description = "Show only one count: all parameters, or leaf (layers only, without position tables).",
                HelpName = "all|leaf"
            },
            value => value is null or "all" or "leaf" ? null : $"--count '{value}' is unknown; use all or leaf");
        var json = new Option<bool>("--json") { Description = "Print JSON instead of the table." };
        var shipped = new Option<bool>("--shipped")
        {
            Description = "Only the weight files that ship with Rhytid, each checked against its hash."
        };
        var command = new Command(
            "list",
            "Lists the weight files that ship, and every network with its number of parameters, counted now, and the published figure.") { count, shipped, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(shipped) || !parsed.GetValue(json))
                ShippedModelsTable.Print(ShippedModels.Default, parsed.GetValue(json));
            if (parsed.GetValue(shipped))
                return ExitCodes.Done;
            var rows = PublishedCounts.All.Select(Count).ToList();
            if (parsed.GetValue(json))
                PrintJson(rows);
            else
                PrintTable(rows, parsed.GetValue(count));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Row Count(PublishedCount published)
    {
        var options = published.Options;
        var (all, leaf) = PublishedCounts.Count(published.Id, options);
        string[] choices =
        [
            .. options.Window is { } window ? [$"window {window}"] : Array.Empty<string>(),
            .. options.Depths is { } depths ? [$"depths {string.Join(',', depths)}"] : Array.Empty<string>(),
            .. options.Gate is { } gate ? [$"gate {gate.ToString().ToLowerInvariant()}"] : Array.Empty<string>(),
            .. options.Bilinear is true ? ["bilinear"] : Array.Empty<string>(),
        ];
        return new Row(
            published.Id, $"{options.InChannels} -> {options.OutChannels}", string.Join(", ", choices), all, leaf,
            published);
    }

    private static void PrintTable(List<Row> rows, string? count)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn(new TableColumn("model").NoWrap())
            .AddColumn(new TableColumn("channels").NoWrap())
            .AddColumn("options");
        if (count is null or "all")
            table.AddColumn(new TableColumn("all").RightAligned());
        if (count is null or "leaf")
            table.AddColumn(new TableColumn("leaf only").RightAligned());
        table.AddColumn(new TableColumn("published").RightAligned()).AddColumn("note");
        foreach (var row in rows)
        {
            List<string> cells = [row.Id, row.Channels, row.Choices];
            if (count is null or "all")
                cells.Add(Number(row.All));
            if (count is null or "leaf")
                cells.Add(Number(row.Leaf));
            cells.Add(row.Published.Published is { } figure ? figure : "");
            cells.Add(
                string.Join(
                    "; ",
                    new[] { row.Published.Matches is false ? "differs" : "", row.Published.Note }.Where(
                        text => text.Length > 0)));
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        Messages.WriteWithin(table);
        Console.WriteLine(
            "all: every trained parameter; leaf only: without the position tables of attention, as layer-wise counting tools do");
        foreach (var model in ModelCatalog.All)
            Console.WriteLine($"{model.Id,-17} {model.Title} ({model.Source})");
    }

    private static void PrintJson(List<Row> rows) => Console.WriteLine(JsonSerializer.Serialize(rows.Select(row => new
    {
        model = row.Id,
        inChannels = row.Published.Options.InChannels,
        outChannels = row.Published.Options.OutChannels,
        options = row.Choices,
        all = row.All,
        leaf = row.Leaf,
        published = row.Published.Published,
        matches = row.Published.Matches,
        note = row.Published.Note,
    }), Indented));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
