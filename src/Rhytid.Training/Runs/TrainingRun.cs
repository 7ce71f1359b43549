using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Runs;

/// <summary>
/// One run from recipe and data to a folder: creates the network, loads its initial weights, trains it and logs.
/// </summary>
/// <param name="recipe">How to train.</param>
/// <param name="options">Where the data are and where the files go.</param>
public sealed class TrainingRun(Recipe recipe, TrainingRunOptions options)
{
    /// <summary>The initial weights and how many of them were used; null for random ones.</summary>
    public string? InitialWeights { get; private set; }

    /// <summary>Whether a folder holds a run's checkpoint.</summary>
    public static bool HasCheckpoint(string folder) => File.Exists(Path.Combine(folder, TrainingLoop.LastFile));

    /// <summary>A run that continues the one in a folder, with its own recipe, data and split.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="pack">Where the pack is; null where the run recorded it.</param>
    /// <exception cref="TrainingException">There is no run to resume, or its pack has moved.</exception>
    public static TrainingRun Resume(string folder, string? pack = null) =>
        new(RunRecord.LoadRecipe(folder), new TrainingRunOptions
        {
            Pack = pack ?? RunRecord.FindPack(folder),
            Folder = folder,
            Resume = true,
        });

    /// <summary>Trains to the recipe's end.</summary>
    /// <param name="loggers">Receive the log, beside the run's own files; not disposed.</param>
    /// <param name="cancellationToken">Stops after the current step; a checkpoint is saved first.</param>
    /// <exception cref="DatasetException">The data do not fit the recipe.</exception>
    /// <exception cref="TrainingException">There is no checkpoint to resume from, the folder cannot be written, or the
    /// training failed.</exception>
    public FitResult Run(IReadOnlyList<IRunLogger>? loggers = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return Train(loggers ?? [], cancellationToken);
        }
        catch (TorchException error) when (error.Message.Contains(ProcessGroup.LostRank, StringComparison.Ordinal))
        {
            // The signal that stopped the other process may have stopped this one too.
            cancellationToken.ThrowIfCancellationRequested();
            var last = Path.Combine(options.Folder, TrainingLoop.LastFile);
            throw new TrainingException(
                $"process {options.Group?.Rank} of {options.Group?.WorldSize} cannot go on: {ProcessGroup.LostRank}; "
                + (File.Exists(last) ? $"go on with --resume from {last}" : "there is no checkpoint yet"),
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                $"the run's folder {options.Folder} cannot be written ({error.Message})", error);
        }
    }

    /// <summary>Checks that the initial weights exist and fit the network; reads no data.</summary>
    /// <exception cref="TrainingException">The recipe needs weights and none are given.</exception>
    /// <exception cref="CheckpointException">The file is damaged or does not fit.</exception>
    public void RequireInitialWeights()
    {
        if (recipe.Initial is not null && !options.Resume)
            MakeModel().Dispose();
    }

    /// <summary>Checks that the folder holds no run yet, or one of the same recipe to be resumed.</summary>
    /// <exception cref="TrainingException">It does not.</exception>
    public void RequireFolder()
    {
        if (HasCheckpoint(options.Folder) != options.Resume)
            throw new TrainingException(
                options.Resume
                    ? $"{options.Folder} holds no checkpoint to go on from"
                    : $"{options.Folder} holds a run already; go on with it with --resume, or give another folder");
        if (options.Resume)
            RunRecord.RequireSameRecipe(options.Folder, recipe);
    }

    private FitResult Train(IReadOnlyList<IRunLogger> loggers, CancellationToken cancellationToken)
    {
        if (options.Resume && !HasCheckpoint(options.Folder))
            throw new TrainingException($"{options.Folder} holds no checkpoint to go on from");
        using var pack = PackedDataset.Open(options.Pack);
        var plan = recipe.ToPlan() with { Budget = options.Budget, Device = options.Device, Group = options.Group };
        if (pack.Size != recipe.Preprocessing.Size)
            throw new DatasetException(
                $"the pack's pictures have {pack.Size} pixels, the recipe wants {recipe.Preprocessing.Size}; "
                + $"pack again with --size {recipe.Preprocessing.Size}, or --set input.size={pack.Size}");
        var training = recipe.Batches(pack, TrainingIds(pack), DistributedContext.ShareOf(options.Group));
        var validation = ValidationIds() is { Count: > 0 } ids
            ? new ValidationBatches(pack, ids, plan.BatchSize)
            : null;
        if (options.Resume)
            RunRecord.RequireSame(options.Folder, pack, training.Ids, validation?.Ids ?? []);

        // The seed decides the initial weights too.
        TorchRuntime.Seed((ulong)plan.Seed);
        using var model = MakeModel();
        using var loop = new TrainingLoop(plan, model, training, validation, options.Folder);
        if (options.Resume)
            loop.Resume();
        var result = options.Group is { Rank: > 0 }
            ? loop.Fit(cancellationToken: cancellationToken)
            : FitAndLog(loop, pack, training.Ids, validation?.Ids ?? [], loggers, cancellationToken);
        // Wait for all ranks; an early exit looks like a crash.
        options.Group?.Barrier();
        return result;
    }

    private FitResult FitAndLog(
        TrainingLoop loop, PackedDataset pack, IReadOnlyList<string> training, IReadOnlyList<string> validation,
        IReadOnlyList<IRunLogger> loggers, CancellationToken cancellationToken)
    {
        if (!options.Resume)
            RunRecord.Write(
                options.Folder, recipe, options.Pack, pack, training, validation, InitialWeights,
                options.Group?.WorldSize ?? 1);
        using var metrics = new MetricsLog(options.Folder, options.Resume ? loop.Progress.Step : null);
        using var board = new TensorBoardWriter(options.Folder);
        return loop.Fit([metrics, board, .. loggers], cancellationToken: cancellationToken);
    }

    private ModelFile MakeModel()
    {
        var metadata = new Dictionary<string, string> { [NetworkHeader.SourceKey] = $"trained by recipe {recipe.Name}" };
        if (recipe.Objective is not WrinkleOptions)
            metadata[NetworkHeader.ObjectiveKey] = recipe.Objective.Id;
        var model = new ModelFile(
            recipe.Model, ModelCatalog.Create(recipe.Model, recipe.ModelOptions), recipe.Preprocessing, metadata);
        // A checkpoint has all weights.
        if (options.Resume || recipe.Initial is not { } initial)
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
        var path = options.From ?? initial.File;
        if (path is null)
        {
            if (!initial.IsOptional)
                throw new TrainingException(
                    $"recipe {recipe.Name} starts from the weights of {initial.Recipe ?? "another network"}; "
                    + (initial.Recipe is { } first ? $"train that first (rhytid train {first} ...), then " : "")
                    + "give its best.safetensors by --from");
            return;
        }
        using var file = CheckpointFile.Open(path);
        var report = CheckpointImporter.Import(file, path, network, initial.ToImport(file.Format));
        InitialWeights =
            $"{Path.GetFileName(path)}: {report.Copied.Count} tensors copied, {report.Adapted.Count} adapted, "
            + $"{report.Reinitialized.Count} re-initialised, {report.Kept.Count} kept, {report.Unused.Count} unused";
    }

    private IReadOnlyList<string> TrainingIds(PackedDataset pack)
    {
        if (OwnList(RunRecord.TrainingList) is { } own)
            return own;
        if (options.Splits is not { } splits)
            return recipe.Fraction == 100
                ? [.. pack.Samples.Select(sample => sample.Id)]
                : throw new DatasetException("a fraction of the training part needs the lists of a split (--splits)");
        return IdList.Load(
            Path.Combine(splits, recipe.Fraction == 100 ? "train.txt" : $"train-{recipe.Fraction:000}.txt"));
    }

    // A run that is resumed without a split has its own lists.
    private IReadOnlyList<string>? OwnList(string name) =>
        options is { Resume: true, Splits: null }
            && Path.Combine(options.Folder, name) is var list
            && File.Exists(list) ? IdList.Load(list) : null;

    private IReadOnlyList<string> ValidationIds()
    {
        if (options is { Resume: true, Splits: null })
            return OwnList(RunRecord.ValidationList) ?? [];
        var list = options.Splits is { } splits ? Path.Combine(splits, "val.txt") : null;
        return list is not null && File.Exists(list) ? IdList.Load(list) : [];
    }
}

/// <summary>The data, folder and device of a run.</summary>
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

    /// <summary>Whether the run in the folder is resumed.</summary>
    public bool Resume { get; init; }

    /// <summary>Time limit; null for none.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Where the network computes.</summary>
    public Device Device { get; init; }

    /// <summary>The processes that train together; null for one alone. Only the first writes files.</summary>
    public ProcessGroup? Group { get; init; }
}

/// <summary>A run cannot go on. The message is one line that says why and what is left.</summary>
public sealed class TrainingException : RhytidException
{
    /// <summary>With a message.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public TrainingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
