using System.Globalization;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Evaluations for people.</summary>
internal static class EvaluationTables
{
    public static IReadOnlyList<string> HeadlineScores { get; } = [MaskScore.JsiKey, "f1"];

    public static void Print(EvaluationReport report)
    {
        PrintScores(report);
        PrintWhatWasScored(report);
        if (report.Thresholds is { } thresholds)
        {
            Console.WriteLine($"best F1: {Point(thresholds.BestF1)}");
            Console.WriteLine(
                FormattableString.Invariant($"recall {thresholds.WantedRecall:0.##} or more: ")
                    + Point(thresholds.AtRecall));
        }
        if (report.Groups is { } groups)
            PrintGroups(report, groups);
        PrintHeadline(report.Average, HeadlineRows(report.Rows).Select(row =>
            $"{row.Name} {Numbers.ForTable(report.Average.Of(row))}"
                + Interval(report.Average.IntervalOf(row), ", 95 % ")));
    }

    /// <summary>Each run, then mean and deviation over them.</summary>
    public static void Print(RepeatedReport report)
    {
        PrintRuns(report);
        PrintScores(report);
        PrintWhatWasScored(report.Runs[0]);
        Console.WriteLine($"{report.Runs.Count} networks; deviation: standard deviation over them (n - 1)");
        PrintHeadline(report.Average, HeadlineScores
            .Select(key => report.Scores.Single(score => score.Key == key))
            .Select(score => (score.Name, Value: report.Headline(score)))
            .Select(score =>
                $"{score.Name} {Numbers.ForTable(score.Value.Mean)} ± {Numbers.ForTable(score.Value.Std)}"));
    }

    private static void PrintHeadline(HeadlineAverage average, IEnumerable<string> scores) =>
        Console.WriteLine($"{average.Title}: {string.Join("; ", scores)}");

    private static IEnumerable<ScoreRow> HeadlineRows(IEnumerable<ScoreRow> rows) =>
        HeadlineScores.Select(key => rows.Single(row => row.Key == key));

    private static void PrintScores(EvaluationReport report)
    {
        var batches = Batches(report);
        var table = Tables.Create(["score"], ["mean over photos", "95 %", "pooled", "95 %", .. batches]);
        foreach (var row in report.Rows)
            table.Add(
                [row.Name, .. Averages(row), .. batches.Select(_ => Numbers.ForTable(row.BatchMean ?? double.NaN))]);
        table.Print();
    }

    private static void PrintScores(RepeatedReport report)
    {
        string[] batches = [.. Batches(report.Runs[0]).SelectMany(title => new[] { title, "deviation" })];
        var table = Tables.Create(["score"], ["mean over photos", "deviation", "pooled", "deviation", .. batches]);
        foreach (var score in report.Scores)
            table.Add(
            [
                score.Name, .. Cells(score.ImageMean), .. Cells(score.Pooled),
                .. batches.Length == 0
                    ? []
                    : Cells(score.BatchMean ?? new MeanAndStd(double.NaN, double.NaN))
            ]);
        table.Print();
    }

    private static void PrintRuns(RepeatedReport report)
    {
        var scores = HeadlineRows(report.Runs[0].Rows).SelectMany(row => new[] { $"{row.Name}, photos", "pooled" });
        var table = Tables.Create(["network"], ["photos", .. scores, "best-F1 threshold"]);
        foreach (var run in report.Runs)
            table.Add(
            [
                run.Name, Count(run.Evaluation.Images.Count),
                .. HeadlineRows(run.Rows)
                    .SelectMany(row => new[] { Numbers.ForTable(row.ImageMean), Numbers.ForTable(row.Pooled) }),
                Numbers.ForTable(run.Thresholds?.BestF1?.Threshold ?? double.NaN)
            ]);
        table.Print();
    }

    private static void PrintWhatWasScored(EvaluationReport report)
    {
        var evaluation = report.Evaluation;
        Console.WriteLine(
            $"{evaluation.Images.Count} photos scored{(report.HasScoredRegions ? ", inside their scored regions" : "")}"
                + (report.WrinkleValue is { } coded ? $"; mask value {coded} is wrinkle" : ""));
        foreach (var row in report.Rows.Where(row => row.Undefined > 0))
            Console.WriteLine($"{row.Name}: undefined on {row.Undefined} photos, left out of its mean");
        if (evaluation.EmptyTruth is { Count: > 0 } empty)
            Console.WriteLine($"left out, no wrinkle drawn ({empty.Count}): {string.Join(' ', empty)}");
    }

    private static void PrintGroups(EvaluationReport report, SubgroupEvaluation groups)
    {
        var scores = HeadlineRows(report.Rows)
            .SelectMany(row => new[] { $"{row.Name}, photos", "95 %", "pooled", "95 %" });
        var table = Tables.Create(["attribute", "group"], ["photos", .. scores]);
        foreach (var group in groups.Groups)
            table.Add(
                [group.Attribute, group.Bin, Count(group.Images), .. HeadlineRows(group.Rows).SelectMany(Averages)]);
        table.Print();
        var least = $"groups of {SubgroupEvaluation.SmallestGroup} photos or more";
        Console.WriteLine(groups.Gaps(MaskScore.JsiKey, report.GroupAverage.Of) is [var gap, ..]
            ? $"largest gap, JSI ({report.GroupAverage.Title}, {least}): {Numbers.ForTable(gap.Difference)}, "
                + $"{gap.Attribute}: {gap.Best} above {gap.Worst}"
            : $"no gap: no attribute has two {least}");
    }

    private static string[] Batches(EvaluationReport report) => report.Average == HeadlineAverage.Batch
        ? [$"mean over batches of {Count(report.BatchSize)}"]
        : [];

    private static string[] Averages(ScoreRow row) =>
    [
        Numbers.ForTable(row.ImageMean), Interval(row.ImageInterval), Numbers.ForTable(row.Pooled),
        Interval(row.PooledInterval)
    ];

    private static string[] Cells(MeanAndStd value) =>
        [Numbers.ForTable(value.Mean), Numbers.ForTable(value.Std)];

    private static string Point(OperatingPoint? point) => point is { } at
        ? $"threshold {Numbers.ForTable(at.Threshold)} (precision {Numbers.ForTable(at.Precision)}, "
            + $"recall {Numbers.ForTable(at.Recall)}, F1 {Numbers.ForTable(at.F1)}, pooled)"
        : "no wrinkle pixel, so no threshold";

    private static string Interval(BootstrapInterval? interval, string before = "") =>
        interval is { } ends && !double.IsNaN(ends.Low)
            ? $"{before}{Numbers.ForTable(ends.Low)} to {Numbers.ForTable(ends.High)}"
            : "";

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
