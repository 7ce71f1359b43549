using System.Globalization;
using System.Text;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Data;

/// <summary>Agreement as a table, CSV and JSON.</summary>
internal static class AgreementReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Show(Agreement agreement, string? csv, bool json)
    {
        if (csv is not null)
            AtomicFile.WriteText(csv, Csv(agreement));
        if (json)
            Console.WriteLine(Json(agreement));
        else
            ShowTable(agreement);
    }

    private static void ShowTable(Agreement agreement)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("pair").AddColumn("average");
        foreach (var score in agreement.Scores)
            table.AddColumn(new TableColumn(score.Name).RightAligned());
        foreach (var pair in agreement.Pairs)
        {
            table.AddRow(Row(pair.Name, "photos", agreement, pair.ImageMean));
            table.AddRow(Row("", "pooled", agreement, score => score.Of(pair.Pooled)));
        }
        if (agreement.Pairs.Count > 1)
        {
            table.AddRow(Row("mean of the pairs", "photos", agreement, agreement.ImageMean));
            table.AddRow(Row("", "pooled", agreement, agreement.Pooled));
        }
        Messages.ForResults.Write(table);
        foreach (var pair in agreement.Pairs)
            Console.WriteLine($"{pair.Name}: {Counted.Of(pair.Images.Count, "photo")}"
                + (pair.BothEmpty > 0
                    ? $"; {pair.BothEmpty} where neither drew anything (Jaccard and F1 are 1 there)"
                    : "")
                + (pair.PearsonUndefined > 0
                    ? $"; {pair.PearsonUndefined} where Pearson is undefined (a mask without contrast), left out of its mean"
                    : ""));
        Console.WriteLine(
            $"published for the three annotators of FFHQ-Wrinkle: Jaccard {Published(PublishedAgreement.Jaccard)}; Pearson {Published(PublishedAgreement.Pearson)}");
    }

    private static string[] Row(string name, string average, Agreement agreement, Func<AgreementScore, double> value) =>
        [Markup.Escape(name), average, .. agreement.Scores.Select(score => Numbers.ForTable(value(score)))];

    private static string Published(IReadOnlyList<double> values) =>
        $"{string.Join(", ", values.Select(Numbers.ForTable))}, mean {Numbers.ForTable(values.Average())}";

    private static string Csv(Agreement agreement)
    {
        var text =
            new StringBuilder("id,first,second,both,first_only,second_only,neither").AppendJoin(
                "", agreement.Scores.Select(score => $",{score.Key}")).Append('\n');
        foreach (var pair in agreement.Pairs)
        {
            foreach (var (id, counts) in pair.Images)
            {
                var pixels = counts.Pixels;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{id},{CsvTable.Field(pair.First)},{CsvTable.Field(pair.Second)},{pixels.TruePositives},{pixels.FalsePositives},{pixels.FalseNegatives},{pixels.TrueNegatives}")
                    .AppendJoin("", agreement.Scores.Select(score => $",{Numbers.ForCsv(score.Of(counts))}"))
                    .Append('\n');
            }
        }
        return text.ToString();
    }

    private static string Json(Agreement agreement) => JsonSerializer.Serialize(new
    {
        pairs = agreement.Pairs.Select(pair => new
        {
            first = pair.First,
            second = pair.Second,
            photos = pair.Images.Count,
            bothEmpty = pair.BothEmpty,
            pearsonUndefined = pair.PearsonUndefined,
            imageMean = Scores(agreement, pair.ImageMean),
            pooled = Scores(agreement, score => score.Of(pair.Pooled)),
        }),
        mean = new { imageMean = Scores(agreement, agreement.ImageMean), pooled = Scores(agreement, agreement.Pooled) },
    }, Indented);

    private static Dictionary<string, double?> Scores(Agreement agreement, Func<AgreementScore, double> value) =>
        agreement.Scores.ToDictionary(score => score.Key, score => Numbers.ForJson(value(score)));
}
