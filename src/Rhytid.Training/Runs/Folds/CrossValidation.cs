using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Runs.Folds;

/// <summary>
/// A cross-validation: a run for each fold, in folders <c>fold-K</c>. A fold is done once its scores are written;
/// <see cref="Pending"/> gives the others, so that a cross-validation that was stopped continues.
/// </summary>
/// <param name="recipe">How each fold is trained.</param>
/// <param name="options">As of one run; the folder is that of all folds, the split may hold the folds' lists.</param>
/// <param name="folds">Number of folds.</param>
public sealed class CrossValidation(Recipe recipe, TrainingRunOptions options, int folds)
{
    /// <summary>The scores' file in a fold's folder, written last.</summary>
    public const string ScoresFile = "scores.json";

    /// <summary>Whether photos of the same look under different names are kept in one fold; needs OpenCV.</summary>
    public bool FindDuplicates { get; init; }

    /// <summary>Threads that compare photos.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The folds that are done, from 1, with their scores' files.</summary>
    public IReadOnlyList<(int Fold, string Scores)> Done =>
        [.. Enumerable.Range(1, folds).Where(IsDone).Select(fold => (fold, ScoresOf(fold)))];

    /// <summary>The folds to train, one by one; the lists of each are written when it is reached.</summary>
    /// <param name="only">The only fold to train, from 1; null for all.</param>
    /// <param name="cancellationToken">Stops the comparison of photos.</param>
    /// <exception cref="DatasetException">There are too few samples, or lists are broken or have changed.</exception>
    public IEnumerable<FoldRun> Pending(int? only = null, CancellationToken cancellationToken = default)
    {
        var lists = Lists(cancellationToken);
        foreach (var fold in Wanted(only).Where(fold => !IsDone(fold)))
        {
            var folder = FolderOf(fold);
            yield return new FoldRun(fold, lists[fold - 1], options with
            {
                Splits = FoldLists.Write(Path.Combine(options.Folder, RunRecord.SplitFolder), fold, lists[fold - 1]),
                Folder = folder,
                Resume = TrainingRun.HasCheckpoint(folder),
            });
        }
    }

    /// <summary>Checks that folds may begin, or continue with the recipe that they began with; reads no data.</summary>
    /// <param name="only">The only fold to train, from 1; null for all.</param>
    /// <exception cref="TrainingException">They may not.</exception>
    public void RequireFolders(int? only = null)
    {
        foreach (var folder in Wanted(only).Select(FolderOf))
        {
            if (TrainingRun.HasCheckpoint(folder) && !options.Resume)
                throw new TrainingException(
                    $"{folder} holds a run already; go on with it with --resume, or give another folder");
            if (TrainingRun.HasCheckpoint(folder))
                RunRecord.RequireSameRecipe(folder, recipe);
        }
        // A fold that is done is not trained again, so its recipe has to be the very same.
        foreach (var fold in Wanted(only).Where(IsDone))
            if (Path.Combine(FolderOf(fold), RunRecord.RecipeFile) is var begun
                && File.Exists(begun)
                && (RecipeBook.Load(begun) with { Name = recipe.Name }).ToYaml() != recipe.ToYaml())
                throw new TrainingException(
                    $"{FolderOf(fold)} was finished with another recipe than {recipe.Name} with these changes; "
                    + "use another folder");
    }

    private IEnumerable<int> Wanted(int? only) => only is { } one ? [one] : Enumerable.Range(1, folds);

    private string FolderOf(int fold) => Path.Combine(options.Folder, FoldLists.NameOf(fold));

    private string ScoresOf(int fold) => Path.Combine(FolderOf(fold), ScoresFile);

    private bool IsDone(int fold) => File.Exists(ScoresOf(fold));

    private IReadOnlyList<Fold> Lists(CancellationToken cancellationToken)
    {
        if (options.Splits is { } splits)
            return FoldLists.Read(splits, folds);
        using var pack = PackedDataset.Open(options.Pack);
        return FoldLists.Make(pack, folds, recipe.Seed, FindDuplicates, Threads, cancellationToken);
    }
}

/// <summary>A fold to train.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Options">The options of its run.</param>
public sealed record FoldRun(int Number, Fold Samples, TrainingRunOptions Options)
{
    /// <summary>Writes the scores of the trained fold, by which it is done.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public void WriteScores(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        AtomicFile.WriteText(Path.Combine(Options.Folder, "scores.csv"), EvaluationCsv.Create(report.Evaluation));
        AtomicFile.WriteText(
            Path.Combine(Options.Folder, CrossValidation.ScoresFile), EvaluationJson.Create(report) + "\n");
    }
}
