using System.CommandLine;
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
    public static Command Create()
    {
        var options = new TrainOptions();
        var command = options.AddTo(new Command(
            "train", "Trains a network by a recipe. Ctrl-C saves; --resume goes on to the same result."));
        command.SetAction((parsed, token) => RunAsync(options, parsed, token));
        return command;
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

    private static async Task<int> RunAsync(TrainOptions words, ParseResult parsed, CancellationToken token)
    {
        TorchRuntime.Threads = parsed.GetValue(words.Threads);
        var (name, folder) = words.Read(parsed.CommandResult);
        List<(string, string)> changes = [.. parsed.GetValue(words.Set)!.Select(Change)];
        var recipe = name is null ? RunRecord.LoadRecipe(folder!, changes) : RecipeBook.Load(name, changes);
        if (parsed.GetValue(words.Smoke))
            return SmokeRun.Run(recipe, folder, token);
        var device = NetworkOptions.Available(TrainingGroup.DeviceName(parsed.GetValue(words.Device)!));
        using var group = TrainingGroup.Join(device, DurationOf(parsed.GetValue(words.RankTimeout)), token);
        var options = new TrainingRunOptions
        {
            Pack = parsed.GetValue(words.Data) ?? RunRecord.FindPack(folder!),
            Splits = parsed.GetValue(words.Splits),
            Folder = folder!,
            From = parsed.GetValue(words.From),
            Resume = TrainOptions.IsGiven(parsed.CommandResult, words.Resume),
            Budget = DurationOf(parsed.GetValue(words.Budget)),
            Device = device,
            Group = group,
        };
        RequireWeights(recipe, options);
        var threads = parsed.GetValue(words.Threads);
        if (parsed.GetValue(words.Folds) is { } folds)
            return group is null
                ? await new FoldsRun(recipe, options)
                {
                    Folds = folds,
                    Fold = parsed.GetValue(words.Fold),
                    Threads = threads,
                }.RunAsync(token)
                : throw new CommandException(
                    "--folds: several processes train one network; train each fold by itself with --splits");
        var seeds = parsed.GetValue(words.Seeds);
        RequireStart(recipe, options, isOneOfSeveral: seeds is not null);
        if (Directory.Exists(options.Pack))
            options = await FolderData.PrepareAsync(recipe, options, threads, token);
        if (seeds is null)
            Train(recipe, options, ToResume(parsed, words, options.Folder), token);
        else
            TrainSeeds(recipe, options, seeds, token);
        return ExitCodes.Done;
    }

    private static void TrainSeeds(Recipe recipe, TrainingRunOptions options, string seeds, CancellationToken token)
    {
        foreach (var seed in seeds.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Distinct())
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
    private static string ToResume(ParseResult parsed, TrainOptions words, string folder)
    {
        List<string> command = ["train", "--resume", folder];
        if (TrainOptions.IsGiven(parsed.CommandResult, words.Threads))
            command.AddRange(["--threads", $"{parsed.GetValue(words.Threads)}"]);
        if (TrainOptions.IsGiven(parsed.CommandResult, words.Device))
            command.AddRange(["--device", parsed.GetValue(words.Device)!]);
        return ShellCommand.Call(command);
    }

    private static string Score(Recipe recipe, double score) => recipe.Objective.ScoreName is { } name
        ? string.Create(CultureInfo.InvariantCulture, $"{name} {score:0.0000}")
        : string.Create(CultureInfo.InvariantCulture, $"loss {-score:0.000000}");

    private static TimeSpan? DurationOf(string? text) =>
        text is not null && Durations.TryParse(text, out var duration) ? duration : null;

    private static (string Key, string Value) Change(string text)
    {
        var parts = text.Split('=', 2);
        return (parts[0].Trim(), parts[1].Trim());
    }
}
