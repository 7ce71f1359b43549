using System.Globalization;
using System.Text.Json;
using Rhytid.Faces.Parsing;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Parsing;
using Rhytid.Training.Recipes;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>rhytid evaluate --model</c> of a face parser: F1 and IoU of each part.</summary>
internal static class ParserEvaluation
{
    /// <summary>Whether a weight file is a face parser's: then it is scored by parts, not by wrinkles.</summary>
    public static bool IsParser(string path)
    {
        using var file = CheckpointFiles.Open(path);
        return file.Metadata.GetValueOrDefault(NetworkHeader.ObjectiveKey) == new ParsingOptions().Id;
    }

    public static async Task<int> RunAsync(
        string model, WrinkleDataset dataset, IReadOnlyList<string>? ids, bool json, CancellationToken token)
    {
        using var parser = CheckpointFiles.Guard(model, path => FaceParser.Load(path, file => TorchNetworks.Load(file)));
        var part = ids is null ? dataset : dataset.Where(sample => ids.Contains(sample.Id));
        var score = await PhotoProgress.RunAsync(
            "parsing faces", part.Samples.Count, done => new ParsingEvaluator(parser).Score(part, done, token));
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                model = Path.GetFileName(model),
                photos = score.Photos,
                meanF1 = Numbers.ForJson(score.MeanF1),
                parts = score.Parts.Select(Row),
                face = score.Face.Labelled > 0 ? Row(score.Face) : null,
            }));
        else
            Show(score);
        return ExitCodes.Done;
    }

    private static void Show(ParsingScore score)
    {
        var table = Tables.Create(["part"], "F1", "IoU", "pixels");
        foreach (var part in score.Face.Labelled > 0 ? score.Parts.Append(score.Face) : score.Parts)
            table.Add(
                part.Name, Text(part.F1), Text(part.Iou), part.Labelled.ToString("N0", CultureInfo.InvariantCulture));
        table.Print();
        if (!double.IsNaN(score.MeanF1))
            Console.WriteLine(
                $"mean F1 of the parts that were labelled: {Text(score.MeanF1)}, "
                    + $"pooled over {Counted.Of(score.Photos, "photo")}");
        if (score.Face.Labelled > 0)
            Console.WriteLine("face: skin, nose, eyes, brows and ears together, where labels say no more than that");
    }

    private static object Row(ParsingCounts part) => new
    {
        name = part.Name,
        f1 = Numbers.ForJson(part.F1),
        iou = Numbers.ForJson(part.Iou),
        pixels = part.Labelled,
    };

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
