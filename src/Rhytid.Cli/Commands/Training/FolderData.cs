using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Training;

/// <summary>
/// Packs a data set's folder into the run's folder, at the recipe's size, and splits it unless there is a split.
/// </summary>
internal static class FolderData
{
    /// <summary>The options with a pack and a split in the place of a data set's folder.</summary>
    /// <param name="recipe">Size, seed, and what the samples must have.</param>
    /// <param name="options">A resumed run keeps its pack and split; else both are made anew.</param>
    /// <param name="threads">Photos that are read at a time.</param>
    /// <param name="token">Stops it.</param>
    public static async Task<TrainingRunOptions> PrepareAsync(
        Recipe recipe, TrainingRunOptions options, int threads, CancellationToken token)
    {
        var splits = options.Splits ?? Path.Combine(options.Folder, RunRecord.SplitFolder);
        var pack = await PackAsync(recipe, options, threads, token);
        if (options.Splits is null && !(options.Resume && Directory.Exists(splits)))
            await DataSplitCommand.SplitAsync(
                [options.Pack], new DatasetOptions(), RunPack.SplitOptions(recipe) with { Threads = threads }, splits,
                overwrite: true, token);
        return options with { Pack = pack, Splits = splits };
    }

    /// <summary>The path of the pack, which is made unless a resumed run has it.</summary>
    public static async Task<string> PackAsync(
        Recipe recipe, TrainingRunOptions options, int threads, CancellationToken token)
    {
        var path = Path.Combine(options.Folder, RunRecord.PackFile);
        if (options.Resume && File.Exists(path))
            return path;
        var pack = RunPack.Open(options.Pack, recipe);
        await PhotoProgress.RunAsync(
            "packing", pack.Samples.Count, done => Task.Run(() => pack.Write(path, threads, done, token), token));
        return path;
    }
}
