using System.Text.Json;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>Evaluations as JSON, which <see cref="EvaluationFile"/> reads.</summary>
public static class EvaluationJson
{
    /// <summary>How the project's JSON files are written.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    /// <summary>One evaluation.</summary>
    public static string Create(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var groups = report.Groups?.Groups.Select(group => new
        {
            attribute = group.Attribute,
            group = group.Bin,
            photos = group.Images,
            scores = Scores(group.Rows),
        });
        var gaps = report.Groups?.Gaps(MaskScore.JsiKey, report.GroupAverage.Of).Select(gap => new
        {
            attribute = gap.Attribute,
            best = gap.Best,
            worst = gap.Worst,
            jsi = gap.Difference,
        });
        return JsonSerializer.Serialize(new
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
            groups,
            gaps,
        }, Indented);
    }

    /// <summary>
    /// Several evaluations: the same fields as of one, so that tables read the means, and every run below.
    /// </summary>
    public static string Create(RepeatedReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(new
        {
            schema = EvaluationFile.Schema,
            name = report.Name,
            data = report.Runs[0].Data,
            average = report.Average.Name,
            photos = report.Runs.Min(run => run.Evaluation.Images.Count),
            emptyTruth = report.Runs[0].Evaluation.EmptyTruth,
            missing = Ids(report, run => run.Evaluation.Missing),
            failed = Ids(report, run => run.Evaluation.Failed.Select(failure => failure.Id)),
            scores = report.Scores.ToDictionary(score => score.Key, score => new
            {
                imageMean = Numbers.ForJson(score.ImageMean.Mean),
                imageDeviation = Numbers.ForJson(score.ImageMean.Std),
                pooled = Numbers.ForJson(score.Pooled.Mean),
                pooledDeviation = Numbers.ForJson(score.Pooled.Std),
                batchMean = score.BatchMean is { } mean ? Numbers.ForJson(mean.Mean) : null,
                batchDeviation = score.BatchMean is { } batch ? Numbers.ForJson(batch.Std) : null,
            }),
            runs = report.Runs.Select(run => new
            {
                name = run.Name,
                photos = run.Evaluation.Images.Count,
                failed = run.Evaluation.Failed.Select(failure => failure.Id),
                scores = Scores(run.Rows),
                thresholds = Thresholds(run),
            }),
        }, Indented);
    }

    private static IEnumerable<string> Ids(RepeatedReport report, Func<EvaluationReport, IEnumerable<string>> of) =>
        report.Runs.SelectMany(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static object? Thresholds(EvaluationReport report) => report.Thresholds is { } thresholds
        ? new
        {
            bestF1 = Point(thresholds.BestF1),
            wantedRecall = thresholds.WantedRecall,
            atRecall = Point(thresholds.AtRecall),
        }
        : null;

    private static Dictionary<string, object> Scores(IReadOnlyList<ScoreRow> rows) =>
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

    private static object? Point(OperatingPoint? point) => point is { } at
        ? new { threshold = at.Threshold, precision = at.Precision, recall = at.Recall, f1 = at.F1 }
        : null;
}
