using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Demographics;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>One call of <c>rhytid evaluate</c>.</summary>
internal sealed class EvaluateRun
{
    public required string Data { get; init; }
    public required string Masks { get; init; }
    public required string? Name { get; init; }
    public required IReadOnlyList<string>? Ids { get; init; }
    public required HeadlineAverage Average { get; init; }
    public required int BatchSize { get; init; }
    public required EvaluationOptions Options { get; init; }
    public required double Recall { get; init; }
    public required string? Curve { get; init; }
    public required string? Groups { get; init; }
    public required string? Csv { get; init; }
    public required bool Json { get; init; }
    public required int Resamples { get; init; }
    public required int Seed { get; init; }

    public async Task<int> RunAsync(DatasetOptions datasetOptions, CancellationToken token)
    {
        // A mistake in a small file is told before minutes of work.
        var people = Groups is null ? null : DemographicsFile.Load(Groups);
        var (dataset, unlabelled) = Part(WrinkleDataset.Open(Data, datasetOptions));
        var evaluation = await EvaluateAsync(dataset, token);
        RequireResult(evaluation, dataset);

        var report = new EvaluationReport
        {
            Name = Name ?? NameOf(Masks),
            Data = NameOf(Data),
            Dataset = dataset,
            Evaluation = evaluation,
            Average = Average,
            Rows = ScoreTable.Of(evaluation, Resamples, Seed, Average == HeadlineAverage.Batch ? BatchSize : null),
            BatchSize = BatchSize,
            Groups = people is null ? null : SubgroupEvaluation.Of(evaluation, people, Resamples, Seed),
            Thresholds = evaluation.PooledMap is { } map ? new EvaluationThresholds(map, Recall) : null,
        };
        Write(report);
        if (Json)
            EvaluationJson.Print(report);
        else
            EvaluationTables.Print(report);
        return Tell(evaluation, unlabelled, report.Groups) ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private (WrinkleDataset Dataset, IReadOnlyList<string> Unlabelled) Part(WrinkleDataset dataset)
    {
        if (Ids is null)
            return (dataset, []);
        var wanted = Ids.Select(dataset.Layout.Normalize).ToHashSet(StringComparer.Ordinal);
        var part = dataset.Where(sample => wanted.Contains(sample.Id));
        return (part, [.. wanted.Except(part.Labelled.Select(sample => sample.Id)).Order(StringComparer.Ordinal)]);
    }

    private async Task<MaskEvaluation> EvaluateAsync(WrinkleDataset dataset, CancellationToken token)
    {
        var count = dataset.Labelled.Count();
        ThreadShare.Set(count, Options.Threads, usesTorch: false);
        MaskEvaluation? evaluation = null;
        await PhotoProgress.RunAsync("scoring", count, done => Task.Run(() => evaluation = MaskEvaluator.Run(dataset, Masks, Options, done, token), token));
        return evaluation!;
    }

    private void RequireResult(MaskEvaluation evaluation, WrinkleDataset dataset)
    {
        if (evaluation.Images.Count > 0)
            return;
        if (evaluation.Failed.Count > 0)
            throw new ImageException(evaluation.Failed[0].Reason);
        throw new ImageException(evaluation.Missing.Count == 0 && evaluation.EmptyTruth.Count > 0
            ? $"{Data}: no wrinkle is drawn on any of its {evaluation.EmptyTruth.Count} masks; --empty one scores them all the same"
            : $"{Masks}: none of the {dataset.Samples.Count} ids of {Data} has a mask here");
    }

    private void Write(EvaluationReport report)
    {
        if (Csv is not null)
            WriteText(Csv, EvaluationCsv.Of(report.Evaluation));
        if (Curve is not null && report.Thresholds is { } thresholds)
            WriteText(Curve, EvaluationCsv.Of(thresholds.Curve));
    }

    private static void WriteText(string path, string text)
    {
        OutputFolder.Make(path);
        AtomicFile.WriteText(path, text);
    }

    private bool Tell(MaskEvaluation evaluation, IReadOnlyList<string> unlabelled, SubgroupEvaluation? groups)
    {
        List<string> problems =
        [
            .. unlabelled.Select(id => $"{id}: no manual mask in {Data}"),
            .. evaluation.Missing.Select(id => $"{id}: no predicted mask"),
            .. evaluation.MissingMaps.Select(id => $"{id}: no map in {Options.Maps}"),
            .. groups?.Unknown.Select(id => $"{id}: not in {Groups}") ?? [],
            .. evaluation.Failed.Select(failure => failure.Reason),
        ];
        foreach (var problem in problems)
            Messages.Error(problem);
        return problems.Count == 0;
    }

    // A name, not a path: results are passed on.
    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
