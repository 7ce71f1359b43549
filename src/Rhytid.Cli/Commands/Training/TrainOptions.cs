using System.Globalization;

namespace Rhytid.Cli.Commands.Training;

/// <summary>The argument and options of <c>rhytid train</c>.</summary>
internal sealed class TrainOptions
{
    private readonly Setting<string?> _recipe;
    private readonly Setting<string?> _output;
    private readonly Setting<string[]> _set;

    public TrainOptions(CliCommand command)
    {
        _recipe = command.OptionalArgument(
            "RECIPE", "A recipe's name (rhytid recipes list), or a YAML file; a run that is resumed has its own.");
        Data = command.Text(
            "--data", "PACK|DIR",
            "A packed data set (rhytid data pack), or the folder of a data set, which is packed first. A run that is "
                + "resumed knows its pack.");
        Splits = command.Folder(
            "--splits",
            "The folder of a split (rhytid data split): train.txt and, if there is one, val.txt. Without it all "
                + "samples of a pack are trained on; a folder is split 80/10/10.");
        _output = command.Folder("--output, -o", "The run's folder.");
        From = command.File(
            "--from",
            "Weights to start from, for recipes that start from others: best.safetensors of their run, or a public "
                + "encoder.");
        _set = command.Repeated(
            "--set", "KEY=VALUE",
            "Change a key of the recipe, such as optimizer.learning-rate=1e-3; may be given more than once.",
            text => text.Contains('=', StringComparison.Ordinal)
                ? null
                : $"--set '{text}' is no change; write key=value, such as epochs=10");
        Seeds = command.Parsed<IReadOnlyList<int>?>(
            "--seeds", "LIST", "Train once for each seed, in folders seed-N below the output: 1,2,3.", null,
            TryParseSeeds, "is no list of whole numbers; write 1,2,3");
        Folds = command.OptionalNumber<int>(
            "--folds", "N",
            "Cross-validation: train and score N times, in folders fold-K below the output. Without --splits, by the "
                + "recipe's seed; with it, by the folds' lists there.", 2, 100);
        Fold = command.OptionalNumber<int>("--fold", "K", "With --folds: train and score this one only, from 1.", 1);
        Budget = Duration(
            command, "--budget", "The most time to spend: 45m, 2h30m, 90s. The run ends with a validation then.",
            "45m, 2h30m or 90s");
        Resume = command.TextOrFlag(
            "--resume", "[RUN]",
            "Go on with the run in this folder, or in --output: with its own recipe, data and split where these are "
                + "not given.");
        Smoke = command.Flag(
            "--smoke",
            "Try the recipe in about a minute, small and short, on portraits of people who do not exist; needs no "
                + "data.");
        Threads = command.Threads();
        Device = NetworkOptions.Device(command);
        RankTimeout = Duration(
            command, "--rank-timeout",
            "With several processes: how long one waits for another that is silent; 30m unless given.", "5m or 90s");
        AddChecks(command);
    }

    public Setting<string?> Data { get; }

    public Setting<string?> Splits { get; }

    public Setting<string?> From { get; }

    public Setting<IReadOnlyList<int>?> Seeds { get; }

    public Setting<int?> Folds { get; }

    public Setting<int?> Fold { get; }

    public Setting<TimeSpan?> Budget { get; }

    public Setting<string?> Resume { get; }

    public Setting<bool> Smoke { get; }

    public Setting<int> Threads { get; }

    public Setting<string> Device { get; }

    public Setting<TimeSpan?> RankTimeout { get; }

    /// <summary>What <c>--set</c> changes in the recipe.</summary>
    public IReadOnlyList<(string Key, string Value)> Changes =>
        [.. _set.Value.Select(text => text.Split('=', 2)).Select(parts => (parts[0].Trim(), parts[1].Trim()))];

    /// <summary>Recipe and folder of the run; null where the run's own are meant.</summary>
    /// <remarks>
    /// In <c>--resume RECIPE -o RUN</c>, with <c>--resume</c> as a flag, the parser takes the recipe for its value.
    /// </remarks>
    public (string? Recipe, string? Folder) Run
    {
        get
        {
            var (recipe, output, resumed) = (_recipe.Value, _output.Value, Resume.Value);
            return recipe is null && output is not null && resumed is not null && !Directory.Exists(resumed)
                ? (resumed, output)
                : (recipe, output ?? resumed);
        }
    }

    private bool NeedsItsOwn => !Resume.IsGiven || Folds.IsGiven || Seeds.IsGiven;

    private static Setting<TimeSpan?> Duration(CliCommand command, string name, string description, string examples) =>
        command.Parsed(
            name, "TIME", description, null, (string text, out TimeSpan? time) =>
            {
                var isTime = Durations.TryParse(text, out var duration);
                time = isTime ? duration : null;
                return isTime;
            }, $"is no time; write {examples}");

    private static bool TryParseSeeds(string text, out IReadOnlyList<int>? seeds)
    {
        var numbers = NumberList.Parse(text);
        seeds = numbers;
        return numbers.TrueForAll(number => number >= 0);
    }

    private void AddChecks(CliCommand command)
    {
        command.Check(() => Run.Recipe is null && NeedsItsOwn
            ? "RECIPE is missing; rhytid recipes list names them"
            : null);
        foreach (var setting in new Setting[] { Data, Splits, From, Seeds, Folds, Fold, Budget, Resume })
            command.Check(() => Smoke && setting.IsGiven
                ? $"--smoke makes its own data and run; it does not go with {setting.Name}"
                : null);
        command.Check(() => Smoke ? null : ProblemOfFolds());
        command.Check(() => !Smoke && Folds.IsGiven && Seeds.IsGiven ? "--folds and --seeds exclude each other" : null);
        command.Check(() => !Smoke && Data.Value is null && NeedsItsOwn
            ? "--data is missing: a packed data set (rhytid data pack), or --smoke to try the recipe without one"
            : null);
        command.Check(() => Smoke ? null : ProblemOfFolder());
    }

    private string? ProblemOfFolds() => (Fold.Value, Folds.Value) switch
    {
        ({ }, null) => "--fold is one of several; say of how many with --folds",
        ({ } fold, { } folds) when fold > folds =>
            string.Create(CultureInfo.InvariantCulture, $"--fold {fold} is none of {folds} folds"),
        _ => null,
    };

    private string? ProblemOfFolder()
    {
        var (recipe, folder) = Run;
        if (folder is null)
            return "--output is missing: the run's folder";
        return Resume.Value is { } resumed && resumed != recipe && resumed != folder
            ? $"--resume {resumed} and --output {folder} are two folders; give one"
            : null;
    }
}
