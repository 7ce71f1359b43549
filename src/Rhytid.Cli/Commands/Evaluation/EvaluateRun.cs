using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>One call of <c>rhytid evaluate</c>.</summary>
internal sealed class EvaluateRun
{
    public required string Data { get; init; }
    public required string? Name { get; init; }
    public required HeadlineAverage Average { get; init; }
    public required int BatchSize { get; init; }
    public required double Recall { get; init; }
    public required string? Maps { get; init; }
    public required string? Curve { get; init; }
    public required string? Groups { get; init; }
    public required string? Csv { get; init; }
    public required bool Json { get; init; }
    public required int Resamples { get; init; }
    public required int Seed { get; init; }

    /// <summary>Scores one thing, or several that differ in their seed.</summary>
    public async Task<int> RunAsync(IReadOnlyList<IEvaluated> evaluated, CancellationToken token)
    {
        // A mistake in a small file is told before minutes of work.
        var people = Groups is null ? null : DemographicsFile.Load(Groups);
        var reports = new List<EvaluationReport>();
        foreach (var one in evaluated)
            reports.Add(
                await ReportAsync(one, people, evaluated.Count == 1 && Name is not null ? Name : one.Name, token));
        if (Csv is not null)
            WriteText(Csv, reports.Count == 1 ? EvaluationCsv.Of(reports[0].Evaluation) : EvaluationCsv.Of(reports));
        if (Curve is not null && reports[0].Thresholds is { } thresholds)
            WriteText(Curve, EvaluationCsv.Of(thresholds.Curve));
        if (reports.Count == 1)
            Print(reports[0]);
        else
            Print(new RepeatedReport(Name ?? string.Join(", ", reports.Select(report => report.Name)), reports));
        // All of them, not only up to the first that has a problem.
        return reports.Select((report, place) => Tell(report, evaluated[place], reports.Count > 1))
            .ToList()
            .TrueForAll(isGood => isGood) ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    /// <summary>Scores one thing as a plain call of the command does; nothing is printed.</summary>
    public static Task<EvaluationReport> ReportAsync(IEvaluated evaluated, string data, CancellationToken token) =>
        new EvaluateRun
        {
            Data = data,
            Name = null,
            Average = HeadlineAverage.Image,
            BatchSize = 1,
            Recall = 0.9,
            Maps = null,
            Curve = null,
            Groups = null,
            Csv = null,
            Json = false,
            Resamples = BootstrapInterval.DefaultResamples,
            Seed = 0,
        }.ReportAsync(evaluated, people: null, evaluated.Name, token);

    private async Task<EvaluationReport> ReportAsync(
        IEvaluated evaluated, DemographicsFile? people, string name, CancellationToken token)
    {
        MaskEvaluation? evaluation = null;
        await PhotoProgress.RunAsync(
            $"scoring {name}", evaluated.Count, done => Task.Run(() => evaluation = evaluated.Run(done, token), token));
        RequireResult(evaluation!, evaluated);
        return new EvaluationReport
        {
            Name = name,
            Data = NameOf(Data),
            HasScoredRegions = evaluated.HasScoredRegions,
            WrinkleValue = evaluated.WrinkleValue,
            Evaluation = evaluation!,
            Average = Average,
            Rows = ScoreTable.Of(evaluation!, Resamples, Seed, Average == HeadlineAverage.Batch ? BatchSize : null),
            BatchSize = BatchSize,
            Groups = people is null ? null : SubgroupEvaluation.Of(evaluation!, people, Resamples, Seed),
            Thresholds = evaluation!.PooledMap is { } map ? new EvaluationThresholds(map, Recall) : null,
        };
    }

    private void RequireResult(MaskEvaluation evaluation, IEvaluated evaluated)
    {
        if (evaluation.Images.Count > 0)
            return;
        if (evaluation.Failed.Count > 0)
            throw new ImageException(evaluation.Failed[0].Reason);
        if (evaluation.Missing.Count == 0 && evaluation.EmptyTruth.Count > 0)
            throw new ImageException(
                $"{Data}: no wrinkle is drawn on any of its {evaluation.EmptyTruth.Count} masks; --empty one scores them all the same");
        throw new ImageException(evaluated.Count == 0
            ? $"{Data}: none of the photos that were asked for has a manual mask"
            : $"{evaluated.Name}: none of the {evaluated.Count} photos of {Data} that have a manual mask has a mask here");
    }

    private void Print(EvaluationReport report)
    {
        if (Json)
            EvaluationJson.Print(report);
        else
            EvaluationTables.Print(report);
    }

    private void Print(RepeatedReport report)
    {
        if (Json)
            RepeatedJson.Print(report);
        else
            RepeatedTables.Print(report);
    }

    private static void WriteText(string path, string text)
    {
        OutputFolder.Make(path);
        AtomicFile.WriteText(path, text);
    }

    private bool Tell(EvaluationReport report, IEvaluated evaluated, bool isOneOfSeveral)
    {
        var evaluation = report.Evaluation;
        List<string> problems =
        [
            .. evaluated.Unlabelled.Select(id => $"{id}: no manual mask in {Data}"),
            .. evaluation.Missing.Select(id => $"{id}: no predicted mask"),
            .. evaluation.MissingMaps.Select(id => $"{id}: no map in {Maps}"),
            .. report.Groups?.Unknown.Select(id => $"{id}: not in {Groups}") ?? [],
            .. evaluation.Failed.Select(failure => failure.Reason),
        ];
        foreach (var problem in problems)
            Messages.Error(isOneOfSeveral ? $"{report.Name}: {problem}" : problem);
        return problems.Count == 0;
    }

    // A name, not a path: results are passed on.
    private static string NameOf(string folder) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
