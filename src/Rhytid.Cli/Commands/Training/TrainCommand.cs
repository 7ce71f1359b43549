using System.CommandLine;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Training;

/// <summary><c>rhytid train</c>: trains a network by a recipe, or goes on with a run.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("RECIPE")
        {
            Description = "A recipe's name (rhytid recipes list), or a YAML file."
        };
        var data = new Option<string?>("--data")
        {
            Description = "A packed data set (rhytid data pack), or the folder of a data set, which is packed first.",
            HelpName = "PACK|DIR"
        };
        var splits = new Option<string?>("--splits")
        {
            Description =
                "The folder of a split (rhytid data split): train.txt and, if there is one, val.txt. Without it all samples of a pack are trained on; a folder is split 80/10/10.",
            HelpName = "DIR"
        };
        var output = new Option<string?>("--output", "-o") { Description = "The run's folder.", HelpName = "DIR" };
        var from = new Option<string?>("--from")
        {
            Description =
                "Weights to start from, for recipes that start from others: best.safetensors of their run, or a public encoder.",
            HelpName = "FILE"
        };
        var set = new Option<string[]>("--set")
        {
            Description =
                "Change a key of the recipe, such as optimizer.learning-rate=1e-3; may be given more than once.",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => []
        };
        set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !token.Value.Contains('=', StringComparison.Ordinal)))
                result.AddError($"--set '{token.Value}' is no change; write key=value, such as epochs=10");
        });
        var seeds = CommonOptions.Validated(
            new Option<string?>("--seeds")
            {
                Description = "Train once for each seed, in folders seed-N below the output: 1,2,3.",
                HelpName = "LIST"
            },
            text => text is null
                || text.Split(',')
                    .All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                        ? null
                        : $"--seeds '{text}' is no list of whole numbers; write 1,2,3");
        var budget = CommonOptions.Validated(
            new Option<string?>("--budget")
            {
                Description = "The most time to spend: 45m, 2h30m, 90s. The run ends with a validation then.",
                HelpName = "TIME"
            },
            text => text is null || Durations.TryParse(text, out _)
                ? null
                : $"--budget '{text}' is no time; write 45m, 2h30m or 90s");
        var folds = CommonOptions.Validated(
            new Option<int?>("--folds")
            {
                Description =
                    "Cross-validation: train and score N times, in folders fold-K below the output. Without --splits, by the recipe's seed; with it, by the folds' lists there.",
                HelpName = "N"
            },
            value => value is null or (>= 2 and <= 100) ? null : "--folds must be 2 to 100");
        var fold = CommonOptions.Validated(
            new Option<int?>("--fold")
            {
                Description = "With --folds: train and score this one only, from 1.",
                HelpName = "K"
            },
            value => value is null or >= 1 ? null : "--fold must be 1 or more");
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on with the run in the folder, with the recipe it began with."
        };
        var smoke = new Option<bool>("--smoke")
        {
            Description =
                "Try the recipe in about a minute, small and short, on portraits of people who do not exist; needs no data."
        };
        var threads = CommonOptions.Threads();
        var device = NetworkOptions.Device();
        var rankTimeout = CommonOptions.Validated(
            new Option<string?>("--rank-timeout")
            {
                Description =
                    "With several processes: how long one waits for another that is silent; 30m unless given.",
                HelpName = "TIME"
            },
            text => text is null || Durations.TryParse(text, out _)
                ? null
                : $"--rank-timeout '{text}' is no time; write 5m or 90s");
        var command = new Command(
            "train",
            "Trains a network by a recipe. Ctrl-C saves; --resume goes on to the same result.")
            {
                name, data, splits, output, from, set, seeds, folds, fold, budget, resume, smoke, threads, device,
                rankTimeout
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(smoke))
            {
                foreach (var option in
                    new Option[] { data, splits, from, seeds, folds, fold, budget, resume }.Where(
                        option => result.GetResult(option) is { Implicit: false }))
                    result.AddError($"--smoke makes its own data and run; it does not go with {option.Name}");
                return;
            }
            if (result.GetResult(fold) is { Implicit: false } && result.GetResult(folds) is null or { Implicit: true })
                result.AddError("--fold is one of several; say of how many with --folds");
            else if (result.GetResult(fold) is { Implicit: false } && result.GetValue(fold) > result.GetValue(folds))
                result.AddError($"--fold {result.GetValue(fold)} is none of {result.GetValue(folds)} folds");
            if (result.GetResult(folds) is { Implicit: false } && result.GetResult(seeds) is { Implicit: false })
                result.AddError("--folds and --seeds exclude each other");
            if (result.GetValue(data) is null)
                result.AddError(
                    "--data is missing: a packed data set (rhytid data pack), or --smoke to try the recipe without one");
            if (result.GetValue(output) is null)
                result.AddError("--output is missing: the run's folder");
        });
        command.SetAction(async (parsed, token) =>
        {
            TorchRuntime.Threads = parsed.GetValue(threads);
            var recipe = RecipeBook.Load(parsed.GetValue(name)!, [.. parsed.GetValue(set)!.Select(Change)]);
            if (parsed.GetValue(smoke))
                return SmokeRun.Run(recipe, parsed.GetValue(output), token);
            _ = Durations.TryParse(parsed.GetValue(budget) ?? "", out var most);
            _ = Durations.TryParse(parsed.GetValue(rankTimeout) ?? "", out var patience);
            var where = NetworkOptions.Available(TrainingGroup.DeviceName(parsed.GetValue(device)!));
            using var group = TrainingGroup.Join(where, parsed.GetValue(rankTimeout) is null ? null : patience, token);
            var options = new TrainingRunOptions
            {
                Pack = parsed.GetValue(data)!,
                Splits = parsed.GetValue(splits),
                Folder = parsed.GetValue(output)!,
                From = parsed.GetValue(from),
                Resume = parsed.GetValue(resume),
                Budget = parsed.GetValue(budget) is null ? null : most,
                Device = where,
                Group = group,
            };
            if (options.From is not null && recipe.Initial is null)
                throw new CommandException(
                    $"--from: recipe {recipe.Name} starts from random weights; --set initial.part=all makes it start from a file");
            if (options.From is { } weights)
                CheckpointFiles.Open(weights).Dispose();
            if (!options.Resume && options.Group is not { Rank: > 0 })
                new TrainingRun(recipe, options).RequireInitialWeights();
            if (parsed.GetValue(folds) is { } count)
            {
                if (group is not null)
                    throw new CommandException(
                        "--folds: several processes train one network; train each fold by itself with --splits");
                return await new FoldsRun(recipe, options)
                {
                    Folds = count,
                    Fold = parsed.GetValue(fold),
                    Threads = parsed.GetValue(threads)
                }.RunAsync(token);
            }
            if (parsed.GetValue(seeds) is null)
                RequireFolder(recipe, options);
            RequireStart(recipe, options, isOneOfSeveral: parsed.GetValue(seeds) is not null);
            if (Directory.Exists(options.Pack))
            {
                if (group is not null)
                    throw new CommandException(
                        "--data: several processes need a pack that is there already; make it with: rhytid data pack");
                var (pack, split) =
                    await FolderData.PrepareAsync(
                        options.Pack, options.Splits, options.Folder, recipe, options.Resume, parsed.GetValue(threads),
                        token);
                options = options with { Pack = pack, Splits = split };
            }
            // Of several runs those that had not begun yet begin.
            foreach (var (seed, folder) in Runs(recipe, options.Folder, parsed.GetValue(seeds)))
                Train(recipe with
                {
                    Seed = seed
                }, options with
                {
                    Folder = folder,
                    Resume = options.Resume && (parsed.GetValue(seeds) is null || HasRun(folder))
                }, token);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Trains one run and says how.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">Data and folder.</param>
    /// <param name="token">Stops it.</param>
    /// <param name="isKept">Whether the folder stays: only then its path and the way to go on are told.</param>
    internal static void Train(Recipe recipe, TrainingRunOptions options, CancellationToken token, bool isKept = true)
    {
        var run = new TrainingRun(recipe, options);
        if (options.Group is { Rank: > 0 })
        {
            run.Run(cancellationToken: token);
            return;
        }
        RequireFolder(recipe, options);
        if (recipe.Initial is { IsOptional: true, File: null } && options is { From: null, Resume: false })
            Messages.Warning(
                $"recipe {recipe.Name} is meant to start from public weights (--from FILE); without them it starts from random ones");
        TrainingProgress progress;
        try
        {
            progress = run.Run(shape => new TrainingLines(shape), token);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(
                isKept ? $"stopped after a whole step; go on with --resume:\n{ShellCommand.ToResume()}" : "stopped",
                token);
        }
        if (run.InitialWeights is { } initial)
            Messages.Info($"started from {initial}");
        var best = isKept ? Path.Combine(options.Folder, TrainingLoop.BestFile) : null;
        var score = progress.BestScore is not { } value
            ? null
            : recipe.Objective.ScoreName is { } name
                ? string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.0000}")
                : string.Create(CultureInfo.InvariantCulture, $"loss {-value:0.000000}");
        var (result, end) = score is null
            ? ("trained", ": ")
            : ($"best: epoch {progress.BestEpoch + 1}, {score}", "; ");
        Console.WriteLine(best is null ? result : $"{result}{end}{best}");
    }

    private static IEnumerable<(int Seed, string Folder)> Runs(Recipe recipe, string folder, string? seeds) =>
        seeds is null
            ? [(recipe.Seed, folder)]
            : seeds.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Distinct().Select(
                seed => (seed, Path.Combine(folder, $"seed-{seed}")));

    /// <summary>Makes sure that a run may begin in its folder, or go on with its recipe.</summary>
    internal static void RequireFolder(Recipe recipe, TrainingRunOptions options)
    {
        if (HasRun(options.Folder) && !options.Resume)
            throw new CommandException(
                $"{options.Folder} holds a run already; go on with it with --resume, or give another folder");
        var begun = Path.Combine(options.Folder, RunRecord.RecipeFile);
        // Only how long it trains may change.
        if (options.Resume
            && File.Exists(begun)
            && RecipeBook.Load(begun) is var first
            && (first with { Name = recipe.Name, Epochs = recipe.Epochs, Patience = recipe.Patience }).ToYaml()
                != recipe.ToYaml())
            throw new CommandException(
                $"{options.Folder} was begun with another recipe than {recipe.Name} with these changes; go on with that one: rhytid train {begun} --data ... -o {options.Folder} --resume",
                ExitCodes.SomeFailed);
    }

    // What can be told wrong before minutes of packing.
    private static void RequireStart(Recipe recipe, TrainingRunOptions options, bool isOneOfSeveral)
    {
        if (options.Resume && !isOneOfSeveral && !HasRun(options.Folder))
            throw new TrainingException($"{options.Folder} holds no checkpoint to go on from");
        if (!Path.Exists(options.Pack) && !PackedDataset.Exists(options.Pack))
            throw new CommandException($"--data {options.Pack}: there is no such pack or folder", ExitCodes.SomeFailed);
        if (options.Splits is { } splits && !Directory.Exists(splits))
            throw new CommandException($"--splits {splits}: there is no such folder", ExitCodes.SomeFailed);
    }

    /// <summary>Whether a folder holds a run's checkpoint.</summary>
    internal static bool HasRun(string folder) => File.Exists(Path.Combine(folder, TrainingLoop.LastFile));

    private static (string Key, string Value) Change(string text)
    {
        var parts = text.Split('=', 2);
        return (parts[0].Trim(), parts[1].Trim());
    }
}
