using System.Diagnostics;
using System.Globalization;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Training;

/// <summary><c>rhytid train RECIPE --smoke</c>.</summary>
internal static class SmokeRun
{
    /// <param name="recipe">The recipe.</param>
    /// <param name="output">Keeps the run; null for a folder that is removed.</param>
    /// <param name="token">Stops it.</param>
    public static int Run(Recipe recipe, string? output, CancellationToken token)
    {
        var watch = Stopwatch.StartNew();
        var folder = output ?? Directory.CreateTempSubdirectory("rhytid-smoke-").FullName;
        try
        {
            var (pack, splits) = SmokeTest.MakeData(folder);
            var options = new TrainingRunOptions { Pack = pack, Splits = splits, Folder = Path.Combine(folder, "run") };
            Train(recipe, options, isKept: output is not null, token);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"smoke test of {recipe.Name} passed in {watch.Elapsed.TotalSeconds:0} s"));
            return ExitCodes.Done;
        }
        finally
        {
            if (output is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static void Train(Recipe recipe, TrainingRunOptions options, bool isKept, CancellationToken token)
    {
        if (recipe.Initial is { Recipe: { } first, File: null })
        {
            var before = options with { Folder = options.Folder + "-before" };
            Train(RecipeBook.Load(first), before, isKept, token);
            options = options with { From = Path.Combine(before.Folder, TrainingLoop.BestFile) };
        }
        else if (recipe.Initial is { Recipe: null, File: null } && options.From is null)
        {
            // Weights from elsewhere are the user's to give; whether everything fits together shows without them.
            recipe = recipe with { Initial = null };
        }
        var toResume = isKept ? ShellCommand.Call("train", "--resume", options.Folder) : null;
        TrainCommand.Train(SmokeTest.Shrink(recipe), options, toResume, token);
    }
}
