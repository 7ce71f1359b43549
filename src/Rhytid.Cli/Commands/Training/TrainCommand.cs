using System.CommandLine;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Cli.Commands.Training;

/// <summary><c>rhytid train</c>: trains a network by a recipe, or goes on with a run.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("RECIPE") { Description = "A recipe's name (rhytid recipes list), or a YAML file." };
        var data = new Option<string>("--data") { Description = "A packed data set (rhytid data pack).", HelpName = "PACK", Required = true };
        var splits = new Option<string>("--splits") { Description = "The folder of a split (rhytid data split): train.txt and, if there is one, val.txt.", HelpName = "DIR", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The run's folder.", HelpName = "DIR", Required = true };
        var set = new Option<string[]>("--set") { Description = "Change a key of the recipe, such as optimizer.learning-rate=1e-3; may be given more than once.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !token.Value.Contains('=', StringComparison.Ordinal)))
                result.AddError($"--set '{token.Value}' is no change; write key=value, such as epochs=10");
        });
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in the folder, with the recipe it began with." };
        var threads = CommonOptions.Threads();
        var command = new Command("train", "Trains a network by a recipe. Ctrl-C saves; --resume goes on to the same result.") { name, data, splits, output, set, resume, threads };
        command.SetAction((parsed, token) =>
        {
            var folder = parsed.GetValue(output)!;
            var recipe = Recipe(parsed.GetValue(name)!, folder, [.. parsed.GetValue(set)!.Select(Change)], parsed.GetValue(resume));
            TorchRuntime.Threads = parsed.GetValue(threads);
            using var pack = PackedDataset.Open(parsed.GetValue(data)!);
            if (pack.Size != recipe.Preprocessing.Size)
                throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"the pack's pictures have {pack.Size} pixels, the recipe wants {recipe.Preprocessing.Size}; pack again with --size {recipe.Preprocessing.Size}, or --set input.size={pack.Size}"), ExitCodes.SomeFailed);
            return Task.FromResult(Run(recipe, pack, parsed.GetValue(splits)!, folder, parsed.GetValue(resume), token));
        });
        return command;
    }

    private static Recipe Recipe(string name, string folder, IReadOnlyList<(string Key, string Value)> changes, bool resume)
    {
        var hasRun = File.Exists(Path.Combine(folder, TrainingLoop.LastFile));
        if (hasRun && !resume)
            throw new CommandException($"{folder} holds a run already; go on with it with --resume, or give another folder");
        if (!hasRun && resume)
            throw new CommandException($"{folder} holds no checkpoint to go on from", ExitCodes.SomeFailed);
        return RecipeBook.Load(name, changes);
    }

    private static (string Key, string Value) Change(string text)
    {
        var parts = text.Split('=', 2);
        return (parts[0].Trim(), parts[1].Trim());
    }

    private static int Run(Recipe recipe, PackedDataset pack, string splits, string folder, bool resume, CancellationToken token)
    {
        var plan = recipe.ToPlan();
        var training = new BatchLoader(pack, IdList.Load(Path.Combine(splits, "train.txt")), plan.BatchSize, plan.Seed, shuffle: true);
        var validationList = Path.Combine(splits, "val.txt");
        var validation = File.Exists(validationList) ? new BatchLoader(pack, IdList.Load(validationList), plan.BatchSize, plan.Seed, shuffle: false) : null;

        // The seed decides the first weights too.
        TorchRuntime.Seed((ulong)plan.Seed);
        using var model = new ModelFile(recipe.Model, ModelCatalog.Create(recipe.Model, recipe.ModelOptions), recipe.Preprocessing, new Dictionary<string, string> { [ModelFile.SourceKey] = $"trained by recipe {recipe.Name}" });
        using var progress = new TrainingLines(plan.Epochs, training.Count);
        using var loop = new TrainingLoop(plan, model, training, validation, folder, progress);
        var isResumed = resume && loop.Resume();
        using var log = new MetricsLog(folder, isResumed ? loop.Progress.Step : null);
        using var board = new TensorBoardWriter(folder);
        loop.Follow(log, board);
        try
        {
            loop.Run(token);
        }
        catch (OperationCanceledException)
        {
            Messages.Info($"stopped in epoch {loop.Progress.Epoch + 1}; go on with --resume");
            throw;
        }
        Console.WriteLine(loop.Progress.BestScore is { } best
            ? string.Create(CultureInfo.InvariantCulture, $"best: epoch {loop.Progress.BestEpoch + 1}, mean JSI {best:0.0000}; {Path.Combine(folder, TrainingLoop.BestFile)}")
            : $"trained: {Path.Combine(folder, TrainingLoop.BestFile)}");
        return ExitCodes.Done;
    }
}
