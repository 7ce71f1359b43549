using System.CommandLine;
using System.Globalization;
using System.Text;
using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets;
using Rhytid.Training.Evaluation;
using Spectre.Console;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid evaluate</c>: predicted masks against manual ones.</summary>
internal static class EvaluateCommand
{
    private static readonly (string Name, Func<ConfusionCounts, double> Of)[] Scores =
    [
        ("JSI (IoU)", counts => counts.Jsi),
        ("F1 (Dice)", counts => counts.F1),
        ("precision", counts => counts.Precision),
        ("recall", counts => counts.Recall),
        ("specificity", counts => counts.Specificity),
        ("accuracy", counts => counts.Accuracy),
    ];

    public static Command Create()
    {
        var masks = new Option<string>("--masks") { Description = "Folder of predicted masks: {id}.mask.png or {id}.png.", HelpName = "DIR", Required = true };
        var data = new Option<string>("--data") { Description = "The data set; its scored_regions/ limit where pixels count.", HelpName = "DIR", Required = true };
        var options = new DatasetOptionSet();
        var csv = new Option<string?>("--csv") { Description = "Write the scores of each photo to this file.", HelpName = "FILE" };
        var command = new Command("evaluate", "Scores predicted masks against manual ones, per photo and pooled.") { masks, data, csv };
        options.AddTo(command);
        command.SetAction((parsed, token) => Task.FromResult(Run(parsed.GetValue(masks)!, parsed.GetValue(data)!, options.Read(parsed), parsed.GetValue(csv), token)));
        return command;
    }

    private static int Run(string masks, string data, DatasetOptions options, string? csv, CancellationToken token)
    {
        var dataset = WrinkleDataset.Open(data, options);
        var evaluation = MaskEvaluation.Run(dataset, masks, token);
        if (evaluation.Images.Count == 0)
            throw new ImageException($"{masks}: none of the {dataset.Samples.Count} ids of {data} has a mask here");
        if (csv is not null)
            AtomicFile.WriteText(csv, Csv(evaluation));

        var table = new Table { Border = TableBorder.Rounded }.AddColumn("score").AddColumn(new TableColumn("mean over photos").RightAligned()).AddColumn(new TableColumn("pooled").RightAligned());
        foreach (var (name, of) in Scores)
            table.AddRow(name, Number(evaluation.ImageMean(of)), Number(of(evaluation.Pooled)));
        Messages.ForResults.Write(table);
        Console.WriteLine($"{Counted.Of(evaluation.Images.Count, "photo")} scored{(dataset.HasScoredRegions ? ", inside their scored regions" : "")}"
            + (dataset.WrinkleValue is { } coded ? $"; mask value {coded} is wrinkle" : ""));
        if (evaluation.EmptyTruth.Count > 0)
            Console.WriteLine($"left out, no wrinkle drawn ({evaluation.EmptyTruth.Count}): {string.Join(' ', evaluation.EmptyTruth)}");
        foreach (var id in evaluation.Missing)
            Messages.Error($"{id}: no predicted mask");
        return evaluation.Missing.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Csv(MaskEvaluation evaluation)
    {
        var text = new StringBuilder("id,tp,fp,fn,tn,jsi,f1,precision,recall,specificity,accuracy\n");
        foreach (var (id, counts) in evaluation.Images)
        {
            text.Append(CultureInfo.InvariantCulture, $"{id},{counts.TruePositives},{counts.FalsePositives},{counts.FalseNegatives},{counts.TrueNegatives}");
            foreach (var (_, of) in Scores)
                text.Append(',').Append(of(counts).ToString("0.000000", CultureInfo.InvariantCulture));
            text.Append('\n');
        }
        return text.ToString();
    }
}
