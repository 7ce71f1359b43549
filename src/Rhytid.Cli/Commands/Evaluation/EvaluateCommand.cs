using Rhytid.Cli.Commands.Data;
using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>rhytid evaluate</c>: predicted masks, or what networks predict, against manual masks.</summary>
internal sealed class EvaluateCommand(CliCommand command)
{
    private static readonly EvaluationReportOptions Defaults = new();

    private readonly Setting<string?> _masks = command.Folder(
        "--masks", "Folder of predicted masks: {id}.mask.png or {id}.png.");
    private readonly Setting<string> _data = command.Required(
        "--data", "DIR|PACK",
        "The data set; its scored_regions/ limit where pixels count. With --model it may be a pack (data pack).");
    private readonly Setting<HeadlineAverage> _average = command.Choice(
        "--average", "Which average is the headline; both columns are always printed.", Defaults.Average,
        [.. HeadlineAverage.All.Select(one => (one.Name, one))]);
    private readonly Setting<int> _batchSize = command.Number(
        "--batch-size", "N", "Photos in a batch of --average batch.", Defaults.BatchSize, 1);
    private readonly Setting<EmptyCase> _empty = command.Choice(
        "--empty",
        "Photos on which no wrinkle is drawn: leave them out, or score them, JSI and F1 of two empty masks being 1, "
            + "not counted, or 0.",
        EmptyCase.LeaveOut,
        [
            ("leave-out", EmptyCase.LeaveOut), ("one", EmptyCase.One), ("skip", EmptyCase.Skip),
            ("zero", EmptyCase.Zero)
        ]);
    private readonly Setting<IReadOnlyList<int>> _tolerance = command.Parsed<IReadOnlyList<int>>(
        "--tolerance", "PX,...",
        "Distances in pixels at which a pixel still counts as found; none for strict scores only.", "1,2,3",
        TryParseTolerances, "must be pixels from 1 to 100, each once, such as 1,2,3, or none");
    private readonly Setting<bool> _centerLine = command.Flag("--cldice", "Also compare centre lines (clDice).");
    private readonly Setting<string?> _maps = command.Folder(
        "--maps",
        "With --masks: folder of wrinkle probabilities, {id}.map.png or {id}.png of 8 or 16 bits: adds AUC, average "
            + "precision, calibration error and thresholds.");
    private readonly Setting<double> _recall = command.Number(
        "--recall", "R", "With probabilities: the recall for which a threshold is wanted.", Defaults.Recall, 0, 1,
        above: true);
    private readonly Setting<string?> _curve = command.File(
        "--curve", "With probabilities: write the precision-recall curve of all pixels to this CSV file.");
    private readonly Setting<string?> _groups = command.Text(
        "--groups", "CSV",
        "Scores per age group, sex and race, and the largest gap: a CSV file as for data demographics.");
    private readonly Setting<string?> _overlays = command.Folder(
        "--overlays", "Write {id}.overlay.jpg here: found wrinkles green, false ones orange, missed ones blue.");
    private readonly Setting<string?> _csv = command.File("--csv", "Write the scores of each photo to this file.");
    private readonly Setting<bool> _json = command.Flag("--json", "Print JSON instead of tables; compare reads it.");
    private readonly Setting<string?> _name = command.Text(
        "--name", "NAME", "What tables of compare call this run; the folder of masks or the network unless given.");
    private readonly Setting<int> _resamples = command.Number(
        "--resamples", "N", "Sets of photos drawn for the 95 % intervals; 0 for none.", Defaults.Resamples, 0, 100_000);
    private readonly Setting<int> _seed = command.Seed("Of the intervals' draws.");
    private readonly Setting<int> _threads = command.Threads();
    private readonly EvaluatedNetworkOptions _networks = new(command);
    private readonly PartOptions _part = new(command);
    private readonly DatasetOptionSet _reading = new(command);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Scores predicted masks, or a network, against manual masks, per photo and pooled, strictly and with "
                + "tolerance.");
        var evaluate = new EvaluateCommand(command);
        command.Check(evaluate.Problem);
        return command.Does(evaluate.RunAsync);
    }

    private string? Problem() => (_masks.IsGiven, _networks.Count) switch
    {
        (false, 0) => "say what is scored: --masks DIR or --model FILE",
        (true, > 0) => "--masks and --model exclude each other",
        (_, > 0) when _maps.IsGiven => "--maps belongs to --masks; a network has its own probabilities",
        (_, 0) when _curve.IsGiven && !_maps.IsGiven => "--curve needs probabilities: give --maps",
        (_, > 1) when new Setting[] { _curve, _groups, _overlays }.FirstOrDefault(one => one.IsGiven) is { } single =>
            $"{single.Name} is of one network; give one --model",
        _ => null,
    };

    private async Task<int> RunAsync(CancellationToken token)
    {
        var ids = _part.Read(_data);
        var reading = _reading.Read();
        var scores = new EvaluationOptions
        {
            Tolerances = _tolerance.Value,
            CenterLine = _centerLine,
            Maps = _maps,
            Overlays = _overlays,
            Empty = _empty,
            Threads = _threads,
        };
        var run = new EvaluateRun(_data, new EvaluationReportOptions
        {
            Average = _average,
            BatchSize = _batchSize,
            Recall = _recall,
            Resamples = _resamples,
            Seed = _seed,
            // A mistake in a small file is told before minutes of work.
            People = _groups.Value is { } people ? DemographicsFile.Load(people) : null,
        });
        if (_masks.Value is { } folder)
        {
            var (dataset, unlabelled) = EvaluatedData.Choose(WrinkleDataset.Open(_data, reading), ids);
            var target = new EvaluatedFolder(dataset, folder, scores)
            {
                Name = _name.Value ?? EvaluationTarget.NameOf(folder),
                Unlabelled = unlabelled,
            };
            return Tell([await run.ReportAsync(target, _threads, token)], [target]);
        }
        if (_networks.Paths is [var only] && ParserEvaluation.IsParser(only))
            return await ParserEvaluation.RunAsync(only, WrinkleDataset.Open(_data, reading), ids, _json, token);
        if (!Directory.Exists(_data) && reading != new DatasetOptions())
            throw new CommandException(
                $"--layout, --wrinkle-value and --photos say how a folder is read; {_data.Value} is none");
        using var photos = EvaluatedData.Open(_data, ids, reading);
        var (targets, reports) = (_networks.Open(photos, scores, _name), new List<EvaluationReport>());
        foreach (var target in targets)
            reports.Add(await run.ReportAsync(target, threads: 1, token));
        return Tell(reports, targets);
    }

    private int Tell(List<EvaluationReport> reports, IReadOnlyList<EvaluationTarget> targets)
    {
        OutputFolder.WriteText(
            _csv, () => reports is [var one] ? EvaluationCsv.Create(one.Evaluation) : EvaluationCsv.Create(reports));
        if (reports[0].Thresholds is { } thresholds)
            OutputFolder.WriteText(_curve, () => EvaluationCsv.Create(thresholds.Curve));
        if (reports is [var report])
        {
            Print(report, EvaluationJson.Create, EvaluationTables.Print);
        }
        else
        {
            var together = _name.Value ?? string.Join(", ", reports.Select(one => one.Name));
            Print(new RepeatedReport(together, reports), EvaluationJson.Create, EvaluationTables.Print);
        }
        // All of them, not only up to the first that has a problem.
        var problems = reports.Zip(targets).SelectMany(pair => Problems(pair.First, pair.Second)
            .Select(problem => reports.Count > 1 ? $"{pair.First.Name}: {problem}" : problem)).ToList();
        problems.ForEach(Messages.Error);
        return ExitCodes.From(problems.Count == 0);
    }

    private void Print<T>(T report, Func<T, string> asJson, Action<T> asTables)
    {
        if (_json)
            Console.WriteLine(asJson(report));
        else
            asTables(report);
    }

    private IEnumerable<string> Problems(EvaluationReport report, EvaluationTarget target) =>
    [
        .. target.Unlabelled.Select(id => $"{id}: no manual mask in {_data.Value}"),
        .. report.Evaluation.Missing.Select(id => $"{id}: no predicted mask"),
        .. report.Evaluation.MissingMaps.Select(id => $"{id}: no map in {_maps.Value}"),
        .. report.Groups?.Unknown.Select(id => $"{id}: not in {_groups.Value}") ?? [],
        .. report.Evaluation.Failed.Select(failure => failure.Reason),
    ];

    private static bool TryParseTolerances(string text, out IReadOnlyList<int> tolerances)
    {
        var pixels = text == "none" ? [] : NumberList.Parse(text);
        tolerances = pixels;
        return pixels.TrueForAll(distance => distance is >= 1 and <= 100) && pixels.Distinct().Count() == pixels.Count;
    }
}

/// <summary><c>--model</c>, <c>--threshold</c>, <c>--skin-only</c> and how networks are run.</summary>
internal sealed class EvaluatedNetworkOptions
{
    private readonly Setting<string[]> _models;
    private readonly Setting<double?> _threshold;
    private readonly Setting<bool> _skinOnly;
    private readonly NetworkRunOptions _run;

    public EvaluatedNetworkOptions(CliCommand command)
    {
        _models = command.Several(
            "--model", "FILE",
            "A trained network to score instead of masks. Several, which differ in their seed: mean and deviation over "
                + "them.");
        _threshold = command.OptionalNumber<double>(
            "--threshold", "T",
            "With --model: the probability from which on a pixel is wrinkle; the network's own unless given.", 0, 1);
        _skinOnly = command.Flag(
            "--skin-only", "With --model: nothing is wrinkle outside the skin, as segment has it.");
        _run = new NetworkRunOptions(command);
        command.Check(() => Count == 0 && (_run.AreGiven || _threshold.IsGiven || _skinOnly.IsGiven)
            ? "--threshold, --skin-only, --precision and --device belong to --model"
            : null);
    }

    /// <summary>How many networks were given.</summary>
    public int Count => _models.Value.Length;

    /// <summary>The networks, each once.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            var paths = _models.Value;
            if (paths.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new CommandException($"{twice.First()} was given twice");
            // The last of several is missed before the first is scored for minutes.
            foreach (var path in paths)
                CheckpointFiles.Guard(path, File.Exists);
            return paths;
        }
    }

    /// <summary>The networks, to be scored on some photos.</summary>
    public IReadOnlyList<EvaluationTarget> Open(EvaluatedData photos, EvaluationOptions scores, string? name)
    {
        var (paths, settings) = (Paths, new NetworkEvaluationOptions
        {
            Scores = scores,
            Threshold = _threshold,
            SkinOnly = _skinOnly,
        });
        var names = paths is [_] && name is not null ? [name] : NamesOf(paths);
        return
        [
            .. paths.Zip(names, (path, called) => new EvaluatedNetwork(
                photos.Set, path, file => Load(file, scores.Threads), settings)
            {
                Name = called,
                Unlabelled = photos.Unlabelled,
            })
        ];
    }

    private Segmentation.Networks.NetworkSegmenter Load(string path, int threads)
    {
        var network = _run.Load(path, threads);
        if (network.Warning is { } warning)
            Messages.Warning($"{path}: {warning}");
        return network;
    }

    // Each name once: runs of one recipe call their best network alike.
    private static List<string> NamesOf(IReadOnlyList<string> paths)
    {
        var names = paths.Select(NameOf).ToList();
        return [.. names.Select((name, place) => names.Count(other => other == name) == 1
            ? name
            : $"{name} {1 + names.Take(place).Count(other => other == name)}")];
    }

    // In a run's folder the folder has the name.
    private static string NameOf(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.GetFileName(full) == TrainingLoop.BestFile
            ? Path.GetFileName(Path.GetDirectoryName(full)!)
            : Path.GetFileNameWithoutExtension(full);
    }
}

/// <summary>Scores something on a data set, under a progress bar.</summary>
internal sealed class EvaluateRun(string data, EvaluationReportOptions options)
{
    public async Task<EvaluationReport> ReportAsync(EvaluationTarget target, int threads, CancellationToken token)
    {
        // A pack is scored on machines without OpenCV too.
        if (VisionInfo.Problem() is null)
            ThreadShare.Set(target.Count, threads);
        var evaluation = await PhotoProgress.RunAsync(
            $"scoring {target.Name}", target.Count, done => target.Run(done, token));
        return EvaluationReport.Create(target, evaluation, data, options);
    }
}
