using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Training;

/// <summary><c>rhytid train</c>: trains a network by a recipe, or resumes a run.</summary>
internal static class TrainCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Trains a network by a recipe. Ctrl-C saves; --resume goes on to the same result.");
        var options = new TrainOptions(command);
        return command.Does(token => RunAsync(options, token));
    }

    /// <summary>Trains one run and prints its result.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">Data and folder.</param>
    /// <param name="toResume">The command that resumes the run; null where the folder is removed.</param>
    /// <param name="token">Stops it.</param>
    internal static void Train(Recipe recipe, TrainingRunOptions options, string? toResume, CancellationToken token)
    {
        var run = new TrainingRun(recipe, options);
        if (options.Group is { Rank: > 0 })
        {
            run.Run(cancellationToken: token);
            return;
        }
        run.RequireFolder();
        if (recipe.Initial is { IsOptional: true, File: null } && options is { From: null, Resume: false })
            Messages.Warning(
                $"recipe {recipe.Name} is meant to start from public weights (--from FILE); without them it "
                + "starts from random ones");
        FitResult result;
        try
        {
            result = run.Run([new TrainingLines()], token);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(
                toResume is null ? "stopped" : $"stopped after a whole step; go on with:\n{toResume}", token);
        }
        if (run.InitialWeights is { } initial)
            Messages.Info($"started from {initial}");
        var best = toResume is null ? null : Path.Combine(options.Folder, TrainingLoop.BestFile);
        Console.WriteLine(
            result.BestScore is { } score
                ? $"best: epoch {result.BestEpoch}, {Score(recipe, score)}{(best is null ? "" : $"; {best}")}"
                : $"trained{(best is null ? "" : $": {best}")}");
    }

    private static async Task<int> RunAsync(TrainOptions words, CancellationToken token)
    {
        TorchRuntime.Threads = words.Threads;
        var (name, folder) = words.Run;
        var recipe = name is null ? RunRecord.LoadRecipe(folder!, words.Changes) : RecipeBook.Load(name, words.Changes);
        if (words.Smoke)
            return SmokeRun.Run(recipe, folder, token);
        var device = NetworkOptions.Available(TrainingGroup.DeviceName(words.Device));
        using var group = TrainingGroup.Join(device, words.RankTimeout, token);
        var options = new TrainingRunOptions
        {
            Pack = words.Data.Value ?? RunRecord.FindPack(folder!),
            Splits = words.Splits,
            Folder = folder!,
            From = words.From,
            Resume = words.Resume.IsGiven,
            Budget = words.Budget,
            Device = device,
            Group = group,
        };
        RequireWeights(recipe, options);
        if (words.Folds.Value is { } folds)
            return group is null
                ? await new FoldsRun(recipe, options)
                {
                    Folds = folds,
                    Fold = words.Fold,
                    Threads = words.Threads,
                }.RunAsync(token)
                : throw new CommandException(
                    "--folds: several processes train one network; train each fold by itself with --splits");
        var seeds = words.Seeds.Value;
        RequireStart(recipe, options, isOneOfSeveral: seeds is not null);
        if (Directory.Exists(options.Pack))
            options = await FolderData.PrepareAsync(recipe, options, words.Threads, token);
        if (seeds is null)
            Train(recipe, options, ToResume(words, options.Folder), token);
        else
            TrainSeeds(recipe, options, seeds, token);
        return ExitCodes.Done;
    }

    private static void TrainSeeds(Recipe recipe, TrainingRunOptions options, IEnumerable<int> seeds, CancellationToken token)
    {
        foreach (var seed in seeds.Distinct())
        {
            var folder = Path.Combine(options.Folder, $"seed-{seed}");
            // When several runs are resumed, those that had not begun begin.
            var resume = options.Resume && TrainingRun.HasCheckpoint(folder);
            Train(
                recipe with { Seed = seed }, options with { Folder = folder, Resume = resume },
                ShellCommand.ToResume(), token);
        }
    }

    private static void RequireWeights(Recipe recipe, TrainingRunOptions options)
    {
        if (options.From is { } weights)
        {
            if (recipe.Initial is null)
                throw new CommandException(
                    $"--from: recipe {recipe.Name} starts from random weights; --set initial.part=all makes it "
                    + "start from a file");
            CheckpointFiles.Open(weights).Dispose();
        }
        if (options.Group is not { Rank: > 0 })
            new TrainingRun(recipe, options).RequireInitialWeights();
    }

    // What can be told wrong before minutes of packing.
    private static void RequireStart(Recipe recipe, TrainingRunOptions options, bool isOneOfSeveral)
    {
        if (!isOneOfSeveral && !options.Resume && TrainingRun.HasCheckpoint(options.Folder))
            throw new CommandException(
                $"{options.Folder} holds a run already; go on with it with --resume, or give another folder");
        if (!isOneOfSeveral)
            new TrainingRun(recipe, options).RequireFolder();
        if (!Path.Exists(options.Pack) && !PackedDataset.Exists(options.Pack))
            throw new CommandException($"--data {options.Pack}: there is no such pack or folder", ExitCodes.SomeFailed);
        if (options.Splits is { } splits && !Directory.Exists(splits))
            throw new CommandException($"--splits {splits}: there is no such folder", ExitCodes.SomeFailed);
        if (Directory.Exists(options.Pack) && options.Group is not null)
            throw new CommandException(
                "--data: several processes need a pack that is there already; make it with: rhytid data pack");
    }

    // A run's folder has everything but what belongs to the machine.
    private static string ToResume(TrainOptions words, string folder)
    {
        List<string> command = ["train", "--resume", folder];
        if (words.Threads.IsGiven)
            command.AddRange(["--threads", $"{words.Threads}"]);
        if (words.Device.IsGiven)
            command.AddRange(["--device", words.Device]);
        return ShellCommand.Call(command);
    }

    private static string Score(Recipe recipe, double score) => recipe.Objective.ScoreName is { } name
        ? string.Create(CultureInfo.InvariantCulture, $"{name} {score:0.0000}")
        : string.Create(CultureInfo.InvariantCulture, $"loss {-score:0.000000}");
}
