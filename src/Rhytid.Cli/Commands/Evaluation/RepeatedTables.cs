using System.Globalization;
using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Evaluation;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Several evaluations for people: each run, then mean and deviation over them.</summary>
internal static class RepeatedTables
{
    public static void Print(RepeatedReport report)
    {
        PrintRuns(report);
        PrintScores(report);
        EvaluationTables.PrintWhatWasScored(report.Runs[0]);
        Console.WriteLine($"{report.Runs.Count} networks; deviation: standard deviation over them (n - 1)");
        var headline = EvaluationTables.HeadlineScores.Select(key => report.Scores.Single(score => score.Key == key))
            .Select(score => $"{score.Name} {Text(report.Headline(score))}");
        Console.WriteLine($"{report.Average.Title}: {string.Join("; ", headline)}");
    }

    private static void PrintRuns(RepeatedReport report)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn(new TableColumn("network").NoWrap())
            .AddColumn(Right("photos"));
        foreach (var key in EvaluationTables.HeadlineScores)
            table.AddColumn(Right($"{report.Scores.Single(score => score.Key == key).Name}, photos"))
                .AddColumn(Right("pooled"));
        table.AddColumn(Right("best-F1 threshold"));
        foreach (var run in report.Runs)
            table.AddRow([Markup.Escape(run.Name), run.Evaluation.Images.Count.ToString(CultureInfo.InvariantCulture),
                .. EvaluationTables.HeadlineScores.Select(key => run.Rows.Single(row => row.Key == key))
                    .SelectMany(row => new[] { Numbers.ForTable(row.ImageMean), Numbers.ForTable(row.Pooled) }),
                Numbers.ForTable(run.Thresholds?.BestF1?.Threshold ?? double.NaN)]);
        Messages.ForResults.Write(table);
    }

    private static void PrintScores(RepeatedReport report)
    {
        var withBatches = report.Average == HeadlineAverage.Batch;
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("score")
            .AddColumn(Right("mean over photos"))
            .AddColumn(Right("deviation"))
            .AddColumn(Right("pooled"))
            .AddColumn(Right("deviation"));
        if (withBatches)
            table.AddColumn(
                Right(string.Create(CultureInfo.InvariantCulture, $"mean over batches of {report.Runs[0].BatchSize}")))
                    .AddColumn(Right("deviation"));
        foreach (var score in report.Scores)
            table.AddRow(
                [score.Name, .. Cells(score.ImageMean), .. Cells(score.Pooled), .. withBatches
                    ? Cells(score.BatchMean ?? new MeanAndDeviation(double.NaN, double.NaN))
                    : []]);
        Messages.ForResults.Write(table);
    }

    private static string[] Cells(MeanAndDeviation value) =>
        [Numbers.ForTable(value.Mean), Numbers.ForTable(value.Deviation)];

    private static string Text(MeanAndDeviation value) =>
        $"{Numbers.ForTable(value.Mean)} ± {Numbers.ForTable(value.Deviation)}";

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();
}
