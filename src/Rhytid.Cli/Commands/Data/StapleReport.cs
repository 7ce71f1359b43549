using System.Globalization;
using System.Text;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Data;

/// <summary>What STAPLE found out about the annotators, as a table, CSV and JSON.</summary>
internal static class StapleReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Show(AnnotatorSet set, StapleResults results, StapleChoices choices)
    {
        if (choices.Csv is { } csv)
            AtomicFile.WriteText(csv, Csv(set, results));
        var unsettled = results.ById.Values.Distinct().Count(estimate => !estimate.Converged);
        if (unsettled > 0)
            Messages.Warning(
                $"{unsettled} of {results.ById.Values.Distinct().Count()} estimates had not settled after the most steps");
        if (choices.Json)
            Console.WriteLine(Json(set, results, choices));
        else
            ShowTable(set, results, choices);
    }

    private static void ShowTable(AnnotatorSet set, StapleResults results, StapleChoices choices)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("annotator")
            .AddColumn(new TableColumn("sensitivity").RightAligned())
            .AddColumn(new TableColumn("specificity").RightAligned());
        for (var j = 0; j < set.Annotators.Count; j++)
        {
            var (sensitivity, specificity) = results.MeanOf(j);
            table.AddRow(
                Markup.Escape(set.Annotators[j].Name), Numbers.ForTable(sensitivity), Numbers.ForTable(specificity));
        }
        Messages.ForResults.Write(table);
        Console.WriteLine(
            $"{(choices.Pooled ? "one estimate over all" : "mean over")} {Counted.Of(results.ById.Count, "photo")}, "
                + (choices.MarginPixels is { } margin
                    ? $"judged within {margin} px of what anybody marked"
                    : "judged over the whole pictures"));
    }

    private static string Csv(AnnotatorSet set, StapleResults results)
    {
        var text = new StringBuilder("id,annotator,sensitivity,specificity,prior,iterations,converged\n");
        foreach (var (id, estimate) in results.ById.OrderBy(photo => photo.Key, StringComparer.Ordinal))
            for (var j = 0; j < set.Annotators.Count; j++)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{id},{CsvTable.Field(set.Annotators[j].Name)},{Numbers.ForCsv(estimate.Sensitivity[j])},{Numbers.ForCsv(estimate.Specificity[j])},")
                    .Append(
                        CultureInfo.InvariantCulture,
                        $"{Numbers.ForCsv(estimate.Prior)},{estimate.Iterations},{(estimate.Converged ? 1 : 0)}\n");
        return text.ToString();
    }

    private static string Json(AnnotatorSet set, StapleResults results, StapleChoices choices) =>
        JsonSerializer.Serialize(new
        {
            photos = results.ById.Count,
            pooled = choices.Pooled,
            marginPixels = choices.MarginPixels,
            annotators = set.Annotators.Select((annotator, j) => new
            {
                name = annotator.Name,
                sensitivity = Numbers.ForJson(results.MeanOf(j).Sensitivity),
                specificity = Numbers.ForJson(results.MeanOf(j).Specificity),
            }),
        }, Indented);
}
