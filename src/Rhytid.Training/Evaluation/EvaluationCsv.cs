using System.Globalization;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>Scores of each photo, and curves, as tables for other programs.</summary>
public static class EvaluationCsv
{
    /// <summary>Counts and scores of each photo.</summary>
    public static string Create(MaskEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return CsvTable.Write(Header(evaluation), Rows(evaluation));
    }

    /// <summary>Several evaluations of the same scores, each with its name in the first column.</summary>
    public static string Create(IReadOnlyList<EvaluationReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return CsvTable.Write(
            ["run", .. Header(reports[0].Evaluation)],
            from report in reports
            from row in Rows(report.Evaluation)
            select (IReadOnlyList<string>)[report.Name, .. row]);
    }

    /// <summary>The points of a precision-recall curve.</summary>
    public static string Create(PrecisionRecallCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return CsvTable.Write(
            ["threshold", "precision", "recall", "f1"],
            from point in curve.Points
            select Cells([point.Threshold, point.Precision, point.Recall, point.F1]));
    }

    private static IReadOnlyList<string> Header(MaskEvaluation evaluation) =>
    [
        "id", "tp", "fp", "fn", "tn", .. evaluation.Scores.Select(score => score.Key),
        .. evaluation.HasMaps ? MapScore.All.Select(score => score.Key) : []
    ];

    private static IEnumerable<IReadOnlyList<string>> Rows(MaskEvaluation evaluation) =>
        from image in evaluation.Images
        let pixels = image.Counts.Pixels
        let masks = evaluation.Scores.Select(score => evaluation.ValueOf(score, image.Counts))
        let maps = !evaluation.HasMaps ? [] : image.Map.Count > 0 ? image.Map : MapScore.All.Select(_ => double.NaN)
        select (IReadOnlyList<string>)
        [
            image.Id, Text(pixels.TruePositives), Text(pixels.FalsePositives), Text(pixels.FalseNegatives),
            Text(pixels.TrueNegatives), .. Cells([.. masks, .. maps])
        ];

    private static IReadOnlyList<string> Cells(IEnumerable<double> values) => [.. values.Select(Numbers.ForCsv)];

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
