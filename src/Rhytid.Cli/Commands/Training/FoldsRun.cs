using System.Globalization;
using Rhytid.Cli.Commands.Evaluation;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Segmentation.Networks;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
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
    private const string ScoresFile = "scores.json";
    private const string ListsFolder = "split";

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
        var wanted = Fold is { } one ? [one] : Enumerable.Range(1, Folds).ToList();
        // Before minutes of packing.
        foreach (var fold in wanted)
            RequireUnbegun(fold);
        var pack = Directory.Exists(options.Pack)
            ? await FolderData.PackAsync(options.Pack, options.Folder, recipe, resume: true, Threads, token)
            : options.Pack;
        var lists = Lists(pack, token);
        foreach (var fold in wanted)
        {
            if (IsDone(fold))
                continue;
            Messages.Info(
                $"fold {fold} of {Folds}: {lists[fold - 1].Train.Count} samples to learn from, {lists[fold - 1].Val.Count} to score");
            var folder = FolderOf(fold);
            var split = FoldLists.Write(Path.Combine(options.Folder, ListsFolder), fold, lists[fold - 1]);
            TrainCommand.Train(
                recipe,
                options with { Pack = pack, Splits = split, Folder = folder, Resume = TrainCommand.HasRun(folder) },
                token);
            await ScoreAsync(fold, lists[fold - 1].Val, token);
        }
        var table = FoldTable.Load(
            recipe.Name,
            [.. Enumerable.Range(1, Folds)
                .Where(IsDone)
                .Select(fold => (fold, Path.Combine(FolderOf(fold), ScoresFile)))],
            Folds);
        table.Write(options.Folder);
        table.Print();
        return ExitCodes.Done;
    }

    private string FolderOf(int fold) => Path.Combine(options.Folder, FoldLists.NameOf(fold));

    private bool IsDone(int fold) => File.Exists(Path.Combine(FolderOf(fold), ScoresFile));

    private void RequireUnbegun(int fold)
    {
        var folder = FolderOf(fold);
        TrainCommand.RequireFolder(recipe, options with { Folder = folder });
        // A fold that is done is not trained again, so it has to be of this very recipe.
        if (IsDone(fold)
            && Path.Combine(folder, RunRecord.RecipeFile) is var begun
            && File.Exists(begun)
            && (RecipeBook.Load(begun) with { Name = recipe.Name }).ToYaml() != recipe.ToYaml())
            throw new CommandException(
                $"{folder} was finished with another recipe than {recipe.Name} with these changes; use another folder",
                ExitCodes.SomeFailed);
    }

    private IReadOnlyList<Fold> Lists(string path, CancellationToken token)
    {
        if (options.Splits is { } splits)
            return FoldLists.Read(splits, Folds);
        var looks = VisionInfo.Problem() is null;
        if (!looks)
            Messages.Warning(
                "photos that are the same under different names cannot be found here (the OpenCV part cannot be loaded); the folds go by names");
        using var pack = PackedDataset.Open(path);
        return FoldLists.Make(pack, Folds, recipe.Seed, looks, Threads, token);
    }

    // As evaluate --model does: on a folder at the photos' own size, on a pack at the pack's.
    private async Task ScoreAsync(int fold, IReadOnlyList<string> ids, CancellationToken token)
    {
        var name = FoldLists.NameOf(fold);
        using var photos = EvaluatedData.Open(options.Pack, ids, new DatasetOptions());
        var network = new EvaluatedNetwork(photos.Set, Path.Combine(FolderOf(fold), TrainingLoop.BestFile),
            file => NetworkSegmenter.Load(
                file,
                new InferenceSettings { Device = options.Device, Precision = Precision.Auto }),
                    new NetworkEvaluationOptions { Scores = new EvaluationOptions { Threads = Threads } })
        {
            Name = name,
            Unlabelled = photos.Unlabelled,
        };
        var report = await EvaluateRun.ReportAsync(network, options.Pack, token);
        AtomicFile.WriteText(Path.Combine(FolderOf(fold), "scores.csv"), EvaluationCsv.Of(report.Evaluation));
        // Last: from now on the fold is done.
        AtomicFile.WriteText(Path.Combine(FolderOf(fold), ScoresFile), EvaluationJson.Text(report) + "\n");
    }
}
