using System.Globalization;
using Rhytid.Cli.Commands.Data;
using Rhytid.Scores;
using Rhytid.Training.Datasets;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Scores of each photo, and curves, as tables for other programs.</summary>
internal static class EvaluationCsv
{
    public static string Of(MaskEvaluation evaluation)
    {
        var scores = evaluation.Scores;
        return CsvTable.Of(
            ["id", "tp", "fp", "fn", "tn", .. scores.Select(score => score.Key), .. evaluation.HasMaps ? MapScore.All.Select(score => score.Key) : []],
            evaluation.Images.Select(image => (IReadOnlyList<string>)
            [
                image.Id, .. Pixels(image.Counts.Pixels), .. scores.Select(score => Numbers.ForCsv(evaluation.ValueOf(score, image.Counts))),
                .. evaluation.HasMaps ? MapScore.All.Select((_, i) => image.Map.Count > 0 ? Numbers.ForCsv(image.Map[i]) : "") : [],
            ]));
    }

    public static string Of(PrecisionRecallCurve curve) => CsvTable.Of(["threshold", "precision", "recall", "f1"],
        curve.Points.Select(point => (IReadOnlyList<string>)[Numbers.ForCsv(point.Threshold), Numbers.ForCsv(point.Precision), Numbers.ForCsv(point.Recall), Numbers.ForCsv(point.F1)]));

    private static IEnumerable<string> Pixels(ConfusionCounts counts) =>
        new[] { counts.TruePositives, counts.FalsePositives, counts.FalseNegatives, counts.TrueNegatives }.Select(count => count.ToString(CultureInfo.InvariantCulture));
}
