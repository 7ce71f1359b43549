using System.Globalization;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data demographics</c>: who is in a set, as Moon, Chung and Jang's Table 1.</summary>
internal static class DataDemographicsCommand
{
    private sealed record Column(string Title, DemographicsTable Table);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(name, "Counts people by age group, sex, and race or ethnicity.");
        var file = command.Argument(
            "CSV", "A file with the columns id, age_group, gender, race (FFHQ-Aging's age groups or the table's).");
        var lists = command.Several(
            "--ids", "FILE", "Count these ids only, such as a part of a split; several lists give several columns.");
        var published = command.Flag("--published", "Also show the published columns of FFHQ-Wrinkle.");
        var json = command.Json("the table");
        return command.Does(() =>
        {
            var people = DemographicsFile.Load(file);
            List<Column> columns = lists.Value.Length == 0
                ? [new Column("all", people.Count())]
                :
                [
                    .. lists.Value.Select(list => new Column(
                        Path.GetFileNameWithoutExtension(list), people.Count(IdList.Load(list))))
                ];
            var missing = columns.SelectMany(column => column.Table.Missing).Distinct().ToList();
            if (published)
                columns.AddRange(
                [
                    new Column("published, manual", DemographicsTable.PublishedManual),
                    new Column("published, weak", DemographicsTable.PublishedWeak),
                ]);
            var attributes = published ? DemographicAttribute.All : people.Attributes;
            if (json)
                PrintJson(columns, attributes);
            else
                PrintTable(columns, attributes);
            foreach (var id in missing)
                Messages.Error($"{id}: not in {file.Value}");
            return ExitCodes.From(missing.Count == 0);
        });
    }

    private static void PrintTable(List<Column> columns, IReadOnlyList<DemographicAttribute> attributes)
    {
        var table = Tables.Create(["attribute", "bin"], columns.SelectMany(column => new[] { column.Title, "%" }));
        foreach (var attribute in attributes)
        {
            foreach (var (place, bin) in attribute.Bins.Index())
                table.Add([place == 0 ? attribute.Name : "", bin, .. Cells(attribute, (_, counts) => counts[place])]);
            if (columns.Any(column => Unknown(column.Table, attribute) > 0))
                table.Add(["", "unknown", .. Cells(attribute, (all, counts) => all.People - counts.Sum())]);
        }
        table.Add(["people", "", .. columns.SelectMany(column => new[] { Number(column.Table.People), "" })]);
        table.Print();

        IEnumerable<string> Cells(
            DemographicAttribute attribute, Func<DemographicsTable, IReadOnlyList<int>, int> count) =>
            columns.Select(column => column.Table).SelectMany(all =>
                all.Counts.TryGetValue(attribute.Name, out var counts) && all.People > 0
                    ? new[] { Number(count(all, counts)), Percent(count(all, counts), all.People) }
                    : ["-", "-"]);
    }

    private static int Unknown(DemographicsTable table, DemographicAttribute attribute) =>
        table.Counts.TryGetValue(attribute.Name, out var counts) ? table.People - counts.Sum() : 0;

    private static void PrintJson(List<Column> columns, IReadOnlyList<DemographicAttribute> attributes) =>
        Tables.PrintJson(columns.Select(column => new
        {
            name = column.Title,
            people = column.Table.People,
            missing = column.Table.Missing,
            counts = attributes.Where(attribute => column.Table.Counts.ContainsKey(attribute.Name)).ToDictionary(
                attribute => attribute.Column,
                attribute => attribute.Bins.Zip(column.Table.Counts[attribute.Name])
                    .ToDictionary(bin => bin.First, bin => bin.Second)),
        }));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Percent(int count, int of) =>
        (100.0 * count / of).ToString("0.0", CultureInfo.InvariantCulture);
}
