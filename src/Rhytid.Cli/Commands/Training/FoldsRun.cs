using Rhytid.Cli.Commands.Evaluation;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Segmentation.Networks;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Folds;

namespace Rhytid.Cli.Commands.Training;

/// <summary>
/// <c>rhytid train RECIPE --folds N</c>: trains and scores every fold of a cross-validation, or one of them.
/// </summary>
/// <param name="recipe">How each fold is trained.</param>
/// <param name="options">As of one run; the folder is that of all folds, the pack may be a data set's folder, the split
/// may hold the folds' lists.</param>
internal sealed class FoldsRun(Recipe recipe, TrainingRunOptions options)
{
    /// <summary>How many folds there are.</summary>
    public required int Folds { get; init; }

    /// <summary>The only one to train, from 1; null for all.</summary>
    public int? Fold { get; init; }

    public required int Threads { get; init; }

    public async Task<int> RunAsync(CancellationToken token)
    {
        if (recipe.Objective is not WrinkleOptions)
            throw new CommandException(
                $"--folds scores networks that find wrinkles; recipe {recipe.Name} trains for '{recipe.Objective.Id}'");
        if (recipe.Fraction != 100)
            throw new CommandException("--folds trains on all of a fold; it does not go with fraction");
        // Before minutes of packing.
        Create(options).RequireFolders(Fold);
        var pack = Directory.Exists(options.Pack)
            ? await FolderData.PackAsync(recipe, options with { Resume = true }, Threads, token)
            : options.Pack;
        var folds = Create(options with { Pack = pack });
        if (options.Splits is null && !folds.FindDuplicates)
            Messages.Warning(
                "photos that are the same under different names cannot be found here (the OpenCV part cannot be "
                + "loaded); the folds go by names");
        foreach (var fold in folds.Pending(Fold, token))
        {
            Messages.Info(
                $"fold {fold.Number} of {Folds}: {fold.Samples.Train.Count} samples to learn from, "
                + $"{fold.Samples.Val.Count} to score");
            TrainCommand.Train(recipe, fold.Options, ShellCommand.ToResume(), token);
            await ScoreAsync(fold, token);
        }
        var table = FoldTable.Load(recipe.Name, folds.Done, Folds);
        table.Write(options.Folder);
        table.Print();
        return ExitCodes.Done;
    }

    private CrossValidation Create(TrainingRunOptions run) =>
        new(recipe, run, Folds) { FindDuplicates = VisionInfo.Problem() is null, Threads = Threads };

    // As evaluate --model does: on a folder at the photos' own size, on a pack at the pack's.
    private async Task ScoreAsync(FoldRun fold, CancellationToken token)
    {
        var settings = new InferenceSettings { Device = options.Device, Precision = Precision.Auto };
        using var photos = EvaluatedData.Open(options.Pack, fold.Samples.Val, new DatasetOptions());
        var network = new EvaluatedNetwork(
            photos.Set, Path.Combine(fold.Options.Folder, TrainingLoop.BestFile),
            file => NetworkSegmenter.Load(file, weights => TorchNetworks.Load(weights, settings)),
            new NetworkEvaluationOptions { Scores = new EvaluationOptions { Threads = Threads } })
        {
            Name = FoldLists.NameOf(fold.Number),
            Unlabelled = photos.Unlabelled,
        };
        fold.WriteScores(
            await new EvaluateRun(options.Pack, new EvaluationReportOptions()).ReportAsync(network, threads: 1, token));
    }
}
