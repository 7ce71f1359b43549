using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Splits;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data demographics</c>: who is in a set, as Moon, Chung and Jang's Table 1.</summary>
internal static class DataDemographicsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var file = new Argument<string>("CSV")
        {
            Description =
                "A file with the columns id, age_group, gender, race (FFHQ-Aging's age groups or the table's)."
        };
        var lists = new Option<string[]>("--ids")
        {
            Description = "Count these ids only, such as a part of a split; several lists give several columns.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true
        };
        var published = new Option<bool>("--published")
        {
            Description = "Also show the published columns of FFHQ-Wrinkle."
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of the table." };
        var command = new Command("demographics", "Counts people by age group, sex, and race or ethnicity.")
        {
            file, lists, published, json
        };
        command.SetAction(
            parsed =>
                Run(parsed.GetValue(file)!, parsed.GetValue(lists)
                    ?? [], parsed.GetValue(published), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, string[] lists, bool published, bool json)
    {
        var people = DemographicsFile.Load(path);
        List<(string Title, DemographicsTable Table)> columns = lists.Length == 0
            ? [("all", people.Count())]
            : [.. lists.Select(list => (Path.GetFileNameWithoutExtension(list), people.Count(IdList.Load(list))))];
        var missing = columns.SelectMany(column => column.Table.Missing).Distinct().ToList();
        if (published)
            columns.AddRange(
                [("published, manual",
                    DemographicsTable.PublishedManual), ("published, weak", DemographicsTable.PublishedWeak)]);

        IReadOnlyList<DemographicAttribute> attributes = published ? DemographicAttribute.All : people.Attributes;
        if (json)
            PrintJson(columns, attributes);
        else
            PrintTable(columns, attributes);
        foreach (var id in missing)
            Messages.Error($"{id}: not in {path}");
        return missing.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static void PrintTable(
        List<(string Title, DemographicsTable Table)> columns, IReadOnlyList<DemographicAttribute> attributes)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("attribute").AddColumn("bin");
        foreach (var (title, _) in columns)
            table.AddColumn(new TableColumn(Markup.Escape(title)).RightAligned())
                .AddColumn(new TableColumn("%").RightAligned());
        foreach (var attribute in attributes)
        {
            for (var bin = 0; bin < attribute.Bins.Count; bin++)
                table.AddRow(
                    [bin == 0
                        ? attribute.Name
                        : "", attribute.Bins[bin], .. columns.SelectMany(
                            column => Cells(column.Table, attribute, counts => counts[bin]))]);
            if (columns.Any(
                column =>
                    column.Table.Counts.GetValueOrDefault(attribute.Name) is { } counts
                        && counts.Sum() < column.Table.People))
                table.AddRow(
                    ["", "unknown", .. columns.SelectMany(
                        column => Cells(column.Table, attribute, counts => column.Table.People - counts.Sum()))]);
        }
        table.AddRow(["people", "", .. columns.SelectMany(column => new[] { Number(column.Table.People), "" })]);
        Messages.ForResults.Write(table);
    }

    private static string[] Cells(
        DemographicsTable table, DemographicAttribute attribute, Func<IReadOnlyList<int>, int> count) =>
        table.Counts.TryGetValue(attribute.Name, out var counts) && table.People > 0
            ? [Number(count(counts)), (100.0 * count(counts) / table.People).ToString(
                "0.0", CultureInfo.InvariantCulture)]
            : ["-", "-"];

    private static void PrintJson(
        List<(string Title, DemographicsTable Table)> columns, IReadOnlyList<DemographicAttribute> attributes) =>
        Console.WriteLine(JsonSerializer.Serialize(columns.Select(column => new
        {
            name = column.Title,
            people = column.Table.People,
            missing = column.Table.Missing,
            counts = attributes.Where(attribute => column.Table.Counts.ContainsKey(attribute.Name)).ToDictionary(
                attribute => attribute.Column,
                    attribute =>
                        attribute.Bins.Zip(column.Table.Counts[attribute.Name])
                            .ToDictionary(bin => bin.First, bin => bin.Second)),
        }), Indented));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
