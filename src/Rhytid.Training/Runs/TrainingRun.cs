using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Runs;

/// <summary>
/// One run from recipe and data to a folder: the network, its first weights, the loop and what follows it.
/// </summary>
public sealed class TrainingRun
{
    private readonly Recipe _recipe;
    private readonly TrainingRunOptions _options;

    /// <summary>Prepares a run; nothing is read yet.</summary>
    public TrainingRun(Recipe recipe, TrainingRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        (_recipe, _options) = (recipe, options);
    }

    /// <summary>What became of the weights that training starts from; null for random ones.</summary>
    public string? InitialWeights { get; private set; }

    /// <summary>Trains until the recipe's end.</summary>
    /// <param name="trackers">Makes what follows the run beside its log, from how much there is to do; disposed with
    /// the run.</param>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint is saved first.</param>
    /// <returns>How far it came.</returns>
    /// <exception cref="DatasetException">The data do not fit the recipe.</exception>
    /// <exception cref="TrainingException">There is no checkpoint to go on from, the folder cannot be written, or the
    /// training failed.</exception>
    public TrainingProgress Run(
        Func<RunShape, ITracker>? trackers = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return Train(trackers, cancellationToken);
        }
        catch (TorchException error) when (error.Message.Contains(ProcessGroup.LostRank, StringComparison.Ordinal))
        {
            // Who was stopped by the same signal as the other is not in trouble.
            cancellationToken.ThrowIfCancellationRequested();
            var last = Path.Combine(_options.Folder, TrainingLoop.LastFile);
            throw new TrainingException(
                $"process {_options.Group?.Rank} of {_options.Group?.WorldSize} cannot go on: {ProcessGroup.LostRank}; {(File.Exists(last) ? $"go on with --resume from {last}" : "there is no checkpoint yet")}",
                error);
        }
    }

    /// <summary>
    /// Makes sure that the weights that training starts from are there and fit the network; reads no data.
    /// </summary>
    /// <exception cref="TrainingException">The recipe needs weights and none are given.</exception>
    /// <exception cref="CheckpointException">The file is damaged or does not fit.</exception>
    public void RequireInitialWeights()
    {
        if (_recipe.Initial is not null)
            MakeModel().Dispose();
    }

    private TrainingProgress Train(Func<RunShape, ITracker>? trackers, CancellationToken cancellationToken)
    {
        if (_options.Resume && !File.Exists(Path.Combine(_options.Folder, TrainingLoop.LastFile)))
            throw new TrainingException($"{_options.Folder} holds no checkpoint to go on from");
        using var pack = PackedDataset.Open(_options.Pack);
        var plan = _recipe.ToPlan() with { Budget = _options.Budget, Device = _options.Device, Group = _options.Group };
        if (pack.Size != _recipe.Preprocessing.Size)
            throw new DatasetException(
                $"the pack's pictures have {pack.Size} pixels, the recipe wants {_recipe.Preprocessing.Size}; pack again with --size {_recipe.Preprocessing.Size}, or --set input.size={pack.Size}");
        var training = _recipe.Batches(pack, TrainingIds(pack), Ranks.ShareOf(_options.Group));
        var validation = ValidationIds() is { Count: > 0 } ids
            ? new ValidationBatches(pack, ids, plan.BatchSize)
            : null;
        if (_options.Resume)
            RunRecord.RequireSame(_options.Folder, pack, training.Ids, validation?.Ids ?? []);

        // The seed decides the first weights too.
        TorchRuntime.Seed((ulong)plan.Seed);
        using var model = MakeModel();
        try
        {
            return Train(plan, model, pack, training, validation, trackers, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                $"the run's folder {_options.Folder} cannot be written ({error.Message})", error);
        }
    }

    private TrainingProgress Train(
        TrainingPlan plan, ModelFile model, PackedDataset pack, TrainingBatches training, ValidationBatches? validation,
        Func<RunShape, ITracker>? trackers, CancellationToken cancellationToken)
    {
        using var loop = new TrainingLoop(plan, model, training, validation, _options.Folder);
        if (_options.Resume)
            loop.Resume();
        if (_options.Group is { Rank: > 0 })
        {
            loop.Run(cancellationToken);
            return Together(loop);
        }
        if (!_options.Resume)
            RunRecord.Write(
                _options.Folder, _recipe, _options.Pack, pack, training.Ids, validation?.Ids ?? [], InitialWeights,
                _options.Group?.WorldSize ?? 1);
        using var log = new MetricsLog(_options.Folder, _options.Resume ? loop.Progress.Step : null);
        using var board = new TensorBoardWriter(_options.Folder);
        using var more =
            trackers
                ?.Invoke(
                    new RunShape(
                        plan.Epochs, (training.Count + plan.Accumulate - 1) / plan.Accumulate, training.Ids.Count));
        loop.Follow(more is null ? [log, board] : [log, board, more]);
        loop.Run(cancellationToken);
        return Together(loop);
    }

    // Who leaves first would look like a process that died.
    private TrainingProgress Together(TrainingLoop loop)
    {
        _options.Group?.Barrier();
        return loop.Progress;
    }

    private ModelFile MakeModel()
    {
        var metadata = new Dictionary<string, string> { [ModelFile.SourceKey] = $"trained by recipe {_recipe.Name}" };
        if (_recipe.Objective is not WrinkleOptions)
            metadata[ModelFile.ObjectiveKey] = _recipe.Objective.Id;
        var model = new ModelFile(
            _recipe.Model, ModelCatalog.Create(_recipe.Model, _recipe.ModelOptions), _recipe.Preprocessing, metadata);
        // A checkpoint has all weights.
        if (_options.Resume || _recipe.Initial is not { } initial)
            return model;
        try
        {
            LoadInitial(model.Network, initial);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private void LoadInitial(Network network, InitialOptions initial)
    {
        var path = _options.From ?? initial.File;
        if (path is null)
        {
            if (!initial.IsOptional)
                throw new TrainingException(
                    $"recipe {_recipe.Name} starts from the weights of {initial.Recipe ?? "another network"}; {(initial.Recipe is null ? "" : $"train that first (rhytid train {initial.Recipe} ...), then ")}give its best.safetensors by --from");
            return;
        }
        using var file = CheckpointFile.Open(path);
        var report = CheckpointImporter.Import(file, path, network, initial.ToImport(file.Format));
        InitialWeights =
            $"{Path.GetFileName(path)}: {report.Copied.Count} tensors copied, {report.Adapted.Count} adapted, {report.Reinitialized.Count} re-initialised, {report.Kept.Count} kept, {report.Unused.Count} unused";
    }

    private IReadOnlyList<string> TrainingIds(PackedDataset pack)
    {
        if (OwnList(RunRecord.TrainingList) is { } own)
            return own;
        if (_options.Splits is not { } splits)
            return _recipe.Fraction == 100
                ? [.. pack.Samples.Select(sample => sample.Id)]
                : throw new DatasetException("a fraction of the training part needs the lists of a split (--splits)");
        return IdList.Load(
            Path.Combine(splits, _recipe.Fraction == 100 ? "train.txt" : $"train-{_recipe.Fraction:000}.txt"));
    }

    // A run that goes on without being told a split goes on with its own.
    private IReadOnlyList<string>? OwnList(string name) =>
        _options is { Resume: true, Splits: null }
            && Path.Combine(_options.Folder, name) is var list
            && File.Exists(list) ? IdList.Load(list) : null;

    private IReadOnlyList<string> ValidationIds()
    {
        if (_options is { Resume: true, Splits: null })
            return OwnList(RunRecord.ValidationList) ?? [];
        var list = _options.Splits is { } splits ? Path.Combine(splits, "val.txt") : null;
        return list is not null && File.Exists(list) ? IdList.Load(list) : [];
    }
}

/// <summary>How much there is to do.</summary>
/// <param name="Epochs">Of the whole run.</param>
/// <param name="Steps">Of an epoch.</param>
/// <param name="Samples">Of an epoch.</param>
public sealed record RunShape(int Epochs, int Steps, int Samples);

/// <summary>Where a run finds its data and puts its files, beside what its recipe says.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>The packed data set.</summary>
    public required string Pack { get; init; }

    /// <summary>
    /// The folder of a split: train.txt and, if there is one, val.txt; null trains on all samples and validates on
    /// none.
    /// </summary>
    public string? Splits { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The weights to start from; null for the recipe's.</summary>
    public string? From { get; init; }

    /// <summary>Go on with the run in the folder.</summary>
    public bool Resume { get; init; }

    /// <summary>How long it may take; null for no limit.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Where the network computes.</summary>
    public Device Device { get; init; }

    /// <summary>The processes that train together; null for one alone. Only the first writes files.</summary>
    public ProcessGroup? Group { get; init; }
}
