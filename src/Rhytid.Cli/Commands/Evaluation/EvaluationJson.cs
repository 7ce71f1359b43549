using System.Text.Json;
using Rhytid.Cli.Commands.Data;
using Rhytid.Scores;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>An evaluation as JSON; <c>rhytid compare</c> reads it.</summary>
internal static class EvaluationJson
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    public static void Print(EvaluationReport report) => Console.WriteLine(Text(report));

    public static string Text(EvaluationReport report) => JsonSerializer.Serialize(new
    {
        schema = EvaluationFile.Schema,
        name = report.Name,
        data = report.Data,
        average = report.Average.Name,
        photos = report.Evaluation.Images.Count,
        emptyTruth = report.Evaluation.EmptyTruth,
        missing = report.Evaluation.Missing,
        failed = report.Evaluation.Failed.Select(failure => failure.Id),
        scores = Scores(report.Rows),
        thresholds = Thresholds(report),
        groups = report.Groups
            ?.Groups.Select(
                group =>
                    new { attribute = group.Attribute, group = group.Bin, photos = group.Images, scores = Scores(
                        group.Rows) }),
        gaps = report.Groups
            ?.Gaps(MaskScore.JsiKey, report.GroupAverage.Of).Select(
                gap => new { attribute = gap.Attribute, best = gap.Best, worst = gap.Worst, jsi = gap.Difference }),
    }, Indented);

    public static object? Thresholds(EvaluationReport report) =>
        report.Thresholds is { } thresholds
            ? new { bestF1 = Point(
                thresholds.BestF1), wantedRecall = thresholds.WantedRecall, atRecall = Point(thresholds.AtRecall) }
            : null;

    public static Dictionary<string, object> Scores(IReadOnlyList<ScoreRow> rows) =>
        rows.ToDictionary(row => row.Key, row => (object)new
        {
            imageMean = Numbers.ForJson(row.ImageMean),
            imageInterval = Interval(row.ImageInterval),
            pooled = Numbers.ForJson(row.Pooled),
            pooledInterval = Interval(row.PooledInterval),
            batchMean = row.BatchMean is { } mean ? Numbers.ForJson(mean) : null,
            undefined = row.Undefined,
        });

    private static double[]? Interval(BootstrapInterval? interval) =>
        interval is { } ends && !double.IsNaN(ends.Low) ? [ends.Low, ends.High] : null;

    private static object? Point(OperatingPoint? point) =>
        point is { } at
            ? new { threshold = at.Threshold, precision = at.Precision, recall = at.Recall, f1 = at.F1 }
            : null;
}
