using Rhytid.Imaging;
using Rhytid.Networks;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Runs;

/// <summary>Packs a data set's folder for a run: the samples that it trains on, at the recipe's size.</summary>
public sealed class RunPack
{
    private readonly WrinkleDataset _dataset;
    private readonly Recipe _recipe;

    private RunPack(WrinkleDataset dataset, Recipe recipe, IReadOnlyList<WrinkleSample> samples) =>
        (_dataset, _recipe, Samples) = (dataset, recipe, samples);

    /// <summary>The samples that are packed.</summary>
    public IReadOnlyList<WrinkleSample> Samples { get; }

    /// <summary>How a data set's folder is split for a run that is given no split.</summary>
    public static DatasetSplitOptions SplitOptions(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var isLabelled = recipe.Objective is WrinkleOptions;
        return new DatasetSplitOptions
        {
            Split = new() { Seed = recipe.Seed, Fractions = recipe.Fraction == 100 ? [] : [recipe.Fraction] },
            All = !isLabelled,
            DropEmpty = isLabelled,
        };
    }

    /// <summary>Opens a data set's folder.</summary>
    /// <exception cref="DatasetException">It holds no sample for the recipe.</exception>
    public static RunPack Open(string folder, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var isLabelled = recipe.Objective is WrinkleOptions;
        var dataset = WrinkleDataset.Open(folder);
        List<WrinkleSample> samples =
        [
            .. dataset.Samples.Where(
                sample => sample[Channel.Photo] is not null && (!isLabelled || sample[Channel.Wrinkles] is not null))
        ];
        return samples.Count > 0
            ? new RunPack(dataset, recipe, samples)
            : throw new DatasetException(
                $"{folder}: no photo {(isLabelled ? "has a manual mask" : "is there")} to train on");
    }

    /// <summary>Writes the pack.</summary>
    /// <param name="path">Its file, in a folder that is made when missing; what is there is replaced.</param>
    /// <param name="threads">Photos that are read at a time.</param>
    /// <param name="progress">Told each sample that is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OutputException">The folder cannot be made.</exception>
    /// <exception cref="DatasetException">A photo cannot be packed, or the file cannot be written.</exception>
    public void Write(
        string path, int threads, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        AtomicFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var result = new PackedDatasetWriter(_dataset, new PackOptions
        {
            Size = _recipe.Preprocessing.Size,
            Labels = _recipe.Objective is ParsingOptions,
            Threads = threads,
            ShardBytes = long.MaxValue,
            Overwrite = true,
        }).Write(path, Samples, progress, cancellationToken);
        if (result.Failed is [var (id, reason), ..])
            throw new DatasetException(
                $"{id}: {reason}{(result.Failed.Count > 1 ? $"; and {result.Failed.Count - 1} more" : "")}; "
                + $"see: rhytid data check {_dataset.Folder}");
    }
}
