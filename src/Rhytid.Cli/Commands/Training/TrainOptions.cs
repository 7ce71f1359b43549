using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rhytid.Cli.Commands.Training;

/// <summary>The argument and options of <c>rhytid train</c>.</summary>
internal sealed class TrainOptions
{
    public Argument<string?> Recipe { get; } = new("RECIPE")
    {
        Description = "A recipe's name (rhytid recipes list), or a YAML file; a run that is resumed has its own.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description =
            "A packed data set (rhytid data pack), or the folder of a data set, which is packed first. A run "
            + "that is resumed knows its pack.",
        HelpName = "PACK|DIR",
    };

    public Option<string?> Splits { get; } = new("--splits")
    {
        Description =
            "The folder of a split (rhytid data split): train.txt and, if there is one, val.txt. Without it all "
            + "samples of a pack are trained on; a folder is split 80/10/10.",
        HelpName = "DIR",
    };

    public Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "The run's folder.",
        HelpName = "DIR",
    };

    public Option<string?> From { get; } = new("--from")
    {
        Description =
            "Weights to start from, for recipes that start from others: best.safetensors of their run, or a "
            + "public encoder.",
        HelpName = "FILE",
    };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Change a key of the recipe, such as optimizer.learning-rate=1e-3; may be given more than once.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Seeds { get; } = CommonOptions.Validated(
        new Option<string?>("--seeds")
        {
            Description = "Train once for each seed, in folders seed-N below the output: 1,2,3.",
            HelpName = "LIST",
        },
        text => text is null
            || text.Split(',').All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? null
                : $"--seeds '{text}' is no list of whole numbers; write 1,2,3");

    public Option<int?> Folds { get; } = CommonOptions.Validated(
        new Option<int?>("--folds")
        {
            Description =
                "Cross-validation: train and score N times, in folders fold-K below the output. Without "
                + "--splits, by the recipe's seed; with it, by the folds' lists there.",
            HelpName = "N",
        },
        value => value is null or (>= 2 and <= 100) ? null : "--folds must be 2 to 100");

    public Option<int?> Fold { get; } = CommonOptions.Validated(
        new Option<int?>("--fold")
        {
            Description = "With --folds: train and score this one only, from 1.",
            HelpName = "K",
        },
        value => value is null or >= 1 ? null : "--fold must be 1 or more");

    public Option<string?> Budget { get; } = Duration(
        "--budget", "The most time to spend: 45m, 2h30m, 90s. The run ends with a validation then.",
        "45m, 2h30m or 90s");

    public Option<string?> Resume { get; } = new("--resume")
    {
        Description =
            "Go on with the run in this folder, or in --output: with its own recipe, data and split where these "
            + "are not given.",
        HelpName = "[RUN]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<bool> Smoke { get; } = new("--smoke")
    {
        Description =
            "Try the recipe in about a minute, small and short, on portraits of people who do not exist; needs "
            + "no data.",
    };

    public Option<int> Threads { get; } = CommonOptions.Threads();

    public Option<string> Device { get; } = NetworkOptions.Device();

    public Option<string?> RankTimeout { get; } = Duration(
        "--rank-timeout", "With several processes: how long one waits for another that is silent; 30m unless given.",
        "5m or 90s");

    public Command AddTo(Command command)
    {
        command.Arguments.Add(Recipe);
        Option[] options =
        [
            Data, Splits, Output, From, Set, Seeds, Folds, Fold, Budget, Resume, Smoke, Threads, Device, RankTimeout,
        ];
        Array.ForEach(options, command.Options.Add);
        Set.Validators.Add(CheckChanges);
        command.Validators.Add(Check);
        return command;
    }

    /// <summary>Recipe and folder of the run; null where the run's own are meant.</summary>
    /// <remarks>
    /// In <c>--resume RECIPE -o RUN</c>, with <c>--resume</c> as a flag, the parser takes the recipe for its value.
    /// </remarks>
    public (string? Recipe, string? Folder) Read(SymbolResult result)
    {
        var (recipe, output, resumed) = (result.GetValue(Recipe), result.GetValue(Output), result.GetValue(Resume));
        return recipe is null && output is not null && resumed is not null && !Directory.Exists(resumed)
            ? (resumed, output)
            : (recipe, output ?? resumed);
    }

    /// <summary>Whether an option or argument was written down.</summary>
    public static bool IsGiven(SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Option<string?> Duration(string name, string description, string examples) =>
        CommonOptions.Validated(
            new Option<string?>(name) { Description = description, HelpName = "TIME" },
            text => text is null || Durations.TryParse(text, out _)
                ? null
                : $"{name} '{text}' is no time; write {examples}");

    private static void CheckChanges(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => !token.Value.Contains('=', StringComparison.Ordinal)))
            result.AddError($"--set '{token.Value}' is no change; write key=value, such as epochs=10");
    }

    private void Check(CommandResult result)
    {
        var (recipe, folder) = Read(result);
        var resumes = IsGiven(result, Resume);
        if (recipe is null && (!resumes || IsSeveral(result)))
            result.AddError("RECIPE is missing; rhytid recipes list names them");
        if (result.GetValue(Smoke))
        {
            foreach (var option in new Option[] { Data, Splits, From, Seeds, Folds, Fold, Budget, Resume }.Where(
                option => IsGiven(result, option)))
                result.AddError($"--smoke makes its own data and run; it does not go with {option.Name}");
            return;
        }
        CheckFolds(result);
        if (result.GetValue(Data) is null && (!resumes || IsSeveral(result)))
            result.AddError(
                "--data is missing: a packed data set (rhytid data pack), or --smoke to try the recipe without one");
        if (folder is null)
            result.AddError("--output is missing: the run's folder");
        else if (result.GetValue(Resume) is { } resumed && resumed != recipe && resumed != folder)
            result.AddError($"--resume {resumed} and --output {folder} are two folders; give one");
    }

    private void CheckFolds(CommandResult result)
    {
        if (IsGiven(result, Fold) && !IsGiven(result, Folds))
            result.AddError("--fold is one of several; say of how many with --folds");
        else if (IsGiven(result, Fold) && result.GetValue(Fold) > result.GetValue(Folds))
            result.AddError($"--fold {result.GetValue(Fold)} is none of {result.GetValue(Folds)} folds");
        if (IsGiven(result, Folds) && IsGiven(result, Seeds))
            result.AddError("--folds and --seeds exclude each other");
    }

    private bool IsSeveral(CommandResult result) => IsGiven(result, Folds) || IsGiven(result, Seeds);
}
