using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Training;

/// <summary>
/// A data set's folder in the place of a pack: it is packed at the recipe's size, and split unless there is a split,
/// into the run's folder.
/// </summary>
internal static class FolderData
{
    /// <param name="folder">The data set.</param>
    /// <param name="splits">The folder of a split; null to make one.</param>
    /// <param name="output">The run's folder, which keeps both.</param>
    /// <param name="recipe">Size, seed, and what the samples must have.</param>
    /// <param name="resume">Take what the run began with; else both are made anew, for the set may have
    /// changed.</param>
    /// <param name="threads">Photos that are read at a time.</param>
    /// <param name="token">Stops it.</param>
    public static async Task<(string Pack, string? Splits)> PrepareAsync(
        string folder, string? splits, string output, Recipe recipe, bool resume, int threads, CancellationToken token)
    {
        var isLabelled = recipe.Objective is WrinkleOptions;
        var pack = await PackAsync(folder, output, recipe, resume, threads, token);
        if (splits is not null)
            return (pack, splits);
        splits = Path.Combine(output, RunRecord.SplitFolder);
        if (!resume || !Directory.Exists(splits))
            await new SplitRun
            {
                Output = splits,
                TestList = null,
                Exclude = null,
                Options = new SplitOptions
                {
                    Seed = recipe.Seed,
                    Fractions = recipe.Fraction == 100 ? [] : [recipe.Fraction]
                },
                All = !isLabelled,
                DropEmpty = isLabelled,
                FindDuplicates = true,
                Threads = threads,
                Overwrite = true,
            }.RunAsync([folder], new DatasetOptions(), token);
        return (pack, splits);
    }

    /// <summary>The pack alone.</summary>
    public static async Task<string> PackAsync(
        string folder, string output, Recipe recipe, bool resume, int threads, CancellationToken token)
    {
        var pack = Path.Combine(output, RunRecord.PackFile);
        if (!resume || !File.Exists(pack))
            await MakePackAsync(folder, pack, recipe, threads, token);
        return pack;
    }

    private static async Task MakePackAsync(
        string folder, string pack, Recipe recipe, int threads, CancellationToken token)
    {
        var isLabelled = recipe.Objective is WrinkleOptions;
        var dataset = WrinkleDataset.Open(folder);
        List<WrinkleSample> samples =
        [
            .. dataset.Samples.Where(
                sample => sample.ImagePath is not null && (!isLabelled || sample.MaskPath is not null))
        ];
        if (samples.Count == 0)
            throw new DatasetException(
                $"{folder}: no photo {(isLabelled ? "has a manual mask" : "is there")} to train on");
        var writer = new PackedDatasetWriter(
            dataset,
            new PackOptions
            {
                Size = recipe.Preprocessing.Size,
                Labels = recipe.Objective is ParsingOptions,
                Threads = threads,
                ShardBytes = long.MaxValue,
                Overwrite = true
            });
        OutputFolder.Make(pack);
        PackResult? result = null;
        await PhotoProgress.RunAsync(
            "packing", samples.Count, done => Task.Run(() => result = writer.Write(pack, samples, done, token), token));
        if (result!.Failed is [var (id, reason), ..])
            throw new DatasetException(
                $"{id}: {reason}{(result.Failed.Count > 1 ? $"; and {result.Failed.Count - 1} more" : "")}; see: rhytid data check {folder}");
    }
}
