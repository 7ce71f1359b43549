using System.Globalization;
using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Terminal;
using Rhytid.Scores;
using Rhytid.Training.Evaluation;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>An evaluation for people.</summary>
internal static class EvaluationTables
{
    public static IReadOnlyList<string> HeadlineScores { get; } = [MaskScore.JsiKey, "f1"];

    public static void Print(EvaluationReport report)
    {
        PrintScores(report);
        PrintWhatWasScored(report);
        if (report.Thresholds is { } thresholds)
            PrintThresholds(thresholds);
        if (report.Groups is { } groups)
            PrintGroups(report, groups);
        var headline = HeadlineScores.Select(key => report.Rows.Single(row => row.Key == key))
            .Select(
                row =>
                    $"{row.Name} {Numbers.ForTable(report.Average.Of(row))}{Interval(report.Average.IntervalOf(row), ", 95 % ")}");
        Console.WriteLine($"{report.Average.Title}: {string.Join("; ", headline)}");
    }

    private static void PrintScores(EvaluationReport report)
    {
        var withBatches = report.Average == HeadlineAverage.Batch;
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("score")
            .AddColumn(Right("mean over photos"))
            .AddColumn(Right("95 %"))
            .AddColumn(Right("pooled"))
            .AddColumn(Right("95 %"));
        if (withBatches)
            table.AddColumn(
                Right(string.Create(CultureInfo.InvariantCulture, $"mean over batches of {report.BatchSize}")));
        foreach (var row in report.Rows)
            table.AddRow(
                [row.Name, Numbers.ForTable(
                    row.ImageMean),
                        Interval(row.ImageInterval), Numbers.ForTable(row.Pooled), Interval(row.PooledInterval),
                        .. withBatches ? new[] { Numbers.ForTable(row.BatchMean ?? double.NaN) } : []]);
        Messages.ForResults.Write(table);
    }

    public static void PrintWhatWasScored(EvaluationReport report)
    {
        var evaluation = report.Evaluation;
        Console.WriteLine(
            $"{evaluation.Images.Count} photos scored{(report.HasScoredRegions ? ", inside their scored regions" : "")}"
                + (report.WrinkleValue is { } coded ? $"; mask value {coded} is wrinkle" : ""));
        foreach (var row in report.Rows.Where(row => row.Undefined > 0))
            Console.WriteLine($"{row.Name}: undefined on {row.Undefined} photos, left out of its mean");
        if (evaluation.EmptyTruth.Count > 0)
            Console.WriteLine(
                $"left out, no wrinkle drawn ({evaluation.EmptyTruth.Count}): {string.Join(' ', evaluation.EmptyTruth)}");
    }

    private static void PrintThresholds(EvaluationThresholds thresholds)
    {
        Console.WriteLine($"best F1: {Point(thresholds.BestF1)}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"recall {thresholds.WantedRecall:0.##} or more: {Point(thresholds.AtRecall)}"));
    }

    private static void PrintGroups(EvaluationReport report, SubgroupEvaluation groups)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("attribute")
            .AddColumn("group")
            .AddColumn(Right("photos"));
        foreach (var row in report.Rows.Where(row => HeadlineScores.Contains(row.Key)))
            table.AddColumn(Right($"{row.Name}, photos")).AddColumn(Right("95 %")).AddColumn(Right("pooled")).AddColumn(
                Right("95 %"));
        foreach (var group in groups.Groups)
            table.AddRow(
                [group.Attribute, group.Bin, group.Images.ToString(
                    CultureInfo.InvariantCulture), .. group.Rows.Where(row => HeadlineScores.Contains(row.Key))
                    .SelectMany(
                        row => new[]
                        {
                            Numbers.ForTable(row.ImageMean), Interval(row.ImageInterval), Numbers.ForTable(row.Pooled),
                            Interval(row.PooledInterval)
                        })]);
        Messages.ForResults.Write(table);
        var gaps = groups.Gaps(MaskScore.JsiKey, report.GroupAverage.Of);
        Console.WriteLine(gaps.Count == 0
            ? $"no gap: no attribute has two groups of {SubgroupEvaluation.SmallestGroup} photos or more"
            : $"largest gap, JSI ({report.GroupAverage.Title}, groups of {SubgroupEvaluation.SmallestGroup} photos or more): {Numbers.ForTable(gaps[0].Difference)}, {gaps[0].Attribute}: {gaps[0].Best} above {gaps[0].Worst}");
    }

    private static string Point(OperatingPoint? point) => point is { } at
        ? $"threshold {Numbers.ForTable(at.Threshold)} (precision {Numbers.ForTable(at.Precision)}, recall {Numbers.ForTable(at.Recall)}, F1 {Numbers.ForTable(at.F1)}, pooled)"
        : "no wrinkle pixel, so no threshold";

    private static string Interval(BootstrapInterval? interval, string before = "") =>
        interval is { } ends && !double.IsNaN(ends.Low)
            ? $"{before}{Numbers.ForTable(ends.Low)} to {Numbers.ForTable(ends.High)}"
            : "";

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();
}
