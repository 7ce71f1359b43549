using System.Globalization;
using Rhytid.Cli.Commands.Data;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Scores of each photo, and curves, as tables for other programs.</summary>
internal static class EvaluationCsv
{
    public static string Of(MaskEvaluation evaluation) => CsvTable.Of(Header(evaluation), Rows(evaluation));

    /// <summary>Several evaluations of the same scores, each with its name in the first column.</summary>
    public static string Of(IReadOnlyList<EvaluationReport> reports) => CsvTable.Of(
        ["run", .. Header(reports[0].Evaluation)],
        reports.SelectMany(
            report => Rows(report.Evaluation).Select(row => (IReadOnlyList<string>)[report.Name, .. row])));

    public static string Of(PrecisionRecallCurve curve) => CsvTable.Of(["threshold", "precision", "recall", "f1"],
        curve.Points.Select(
            point =>
                (IReadOnlyList<string>)[
                    Numbers.ForCsv(point.Threshold), Numbers.ForCsv(point.Precision), Numbers.ForCsv(point.Recall),
                    Numbers.ForCsv(point.F1)
                ]));

    private static IReadOnlyList<string> Header(MaskEvaluation evaluation) =>
        ["id", "tp", "fp", "fn", "tn", .. evaluation.Scores.Select(score => score.Key), .. evaluation.HasMaps
            ? MapScore.All.Select(score => score.Key)
            : []];

    private static IEnumerable<IReadOnlyList<string>> Rows(MaskEvaluation evaluation)
    {
        var scores = evaluation.Scores;
        return evaluation.Images.Select(image => (IReadOnlyList<string>)
        [
            image.Id,
                .. Pixels(image.Counts.Pixels),
                .. scores.Select(score => Numbers.ForCsv(evaluation.ValueOf(score, image.Counts))),
                .. evaluation.HasMaps
                    ? MapScore.All.Select((_, i) => image.Map.Count > 0 ? Numbers.ForCsv(image.Map[i]) : "")
                    : [],
            ]);
    }

    private static IEnumerable<string> Pixels(ConfusionCounts counts) =>
        new[] { counts.TruePositives, counts.FalsePositives, counts.FalseNegatives, counts.TrueNegatives }.Select(
            count => count.ToString(CultureInfo.InvariantCulture));
}
