using System.Text.Json;
using Rhytid.Cli.Commands.Data;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>
/// Several evaluations as JSON: the same fields as of one, so that <c>rhytid compare</c> reads the means, and every run
/// below.
/// </summary>
internal static class RepeatedJson
{
    public static void Print(RepeatedReport report) => Console.WriteLine(JsonSerializer.Serialize(new
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
            imageDeviation = Numbers.ForJson(score.ImageMean.Deviation),
            pooled = Numbers.ForJson(score.Pooled.Mean),
            pooledDeviation = Numbers.ForJson(score.Pooled.Deviation),
            batchMean = score.BatchMean is { } mean ? Numbers.ForJson(mean.Mean) : null,
            batchDeviation = score.BatchMean is { } batch ? Numbers.ForJson(batch.Deviation) : null,
        }),
        runs = report.Runs.Select(run => new
        {
            name = run.Name,
            photos = run.Evaluation.Images.Count,
            failed = run.Evaluation.Failed.Select(failure => failure.Id),
            scores = EvaluationJson.Scores(run.Rows),
            thresholds = EvaluationJson.Thresholds(run),
        }),
    }, EvaluationJson.Indented));

    private static IEnumerable<string> Ids(RepeatedReport report, Func<EvaluationReport, IEnumerable<string>> of) =>
        report.Runs.SelectMany(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
