using System.Globalization;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Faces.Parsing;
using Rhytid.Models;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Parsing;
using Rhytid.Training.Recipes;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>rhytid evaluate --model</c> of a face parser: F1 and IoU of each part.</summary>
internal static class ParserRun
{
    /// <summary>Whether a weight file is a face parser's: then it is scored by parts, not by wrinkles.</summary>
    public static bool IsParser(string path)
    {
        using var file = CheckpointFiles.Open(path);
        return file.Metadata.GetValueOrDefault(ModelFile.ObjectiveKey) == new ParsingOptions().Id;
    }

    public static async Task<int> RunAsync(
        string model, WrinkleDataset dataset, IReadOnlyList<string>? ids, bool json, CancellationToken token)
    {
        using var parser = CheckpointFiles.Guard(model, path => FaceParser.Load(path));
        var part = ids is null ? dataset : dataset.Where(sample => ids.Contains(sample.Id));
        ParsingScore? score = null;
        await PhotoProgress.RunAsync(
            "parsing faces", part.Samples.Count,
            done => Task.Run(() => score = new ParsingEvaluator(parser).Score(part, done, token), token));
        if (json)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new { model = Path.GetFileName(
                        model), photos = score!.Photos, meanF1 = Finite(
                            score.MeanF1),
                                parts = score.Parts.Select(Row),
                                face = score.Face.Labelled > 0 ? Row(score.Face) : null
                            }));
        else
            Show(score!);
        return ExitCodes.Done;
    }

    private static void Show(ParsingScore score)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("part")
            .AddColumn(new TableColumn("F1").RightAligned())
            .AddColumn(new TableColumn("IoU").RightAligned())
            .AddColumn(new TableColumn("pixels").RightAligned());
        foreach (var part in score.Parts.Concat(score.Face.Labelled > 0 ? [score.Face] : []))
            table.AddRow(
                part.Name, Text(part.F1), Text(part.Iou), part.Labelled.ToString("N0", CultureInfo.InvariantCulture));
        Messages.ForResults.Write(table);
        if (!double.IsNaN(score.MeanF1))
            Console.WriteLine(
                $"mean F1 of the parts that were labelled: {Text(score.MeanF1)}, pooled over {Counted.Of(score.Photos, "photo")}");
        if (score.Face.Labelled > 0)
            Console.WriteLine("face: skin, nose, eyes, brows and ears together, where labels say no more than that");
    }

    private static object Row(ParsingCounts part) =>
        new { name = part.Name, f1 = Finite(part.F1), iou = Finite(part.Iou), pixels = part.Labelled };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
