using System.CommandLine;
using System.CommandLine.Parsing;
using Rhytid.Segmentation.Networks;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>
/// <c>--model</c>, <c>--threshold</c>, <c>--skin-only</c>, <c>--precision</c>, <c>--device</c>: networks to be scored.
/// </summary>
internal sealed class EvaluatedNetworkOptions
{
    private readonly Option<string[]> _models = new("--model")
    {
        Description =
            "A trained network to score instead of masks. Several, which differ in their seed: mean and deviation over them.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double?> _threshold = CommonOptions.Validated(
        new Option<double?>("--threshold")
        {
            Description =
                "With --model: the probability from which on a pixel is wrinkle; the network's own unless given.",
            HelpName = "T"
        },
        value => value is null or (>= 0 and <= 1) ? null : "--threshold must lie between 0 and 1");

    private readonly Option<bool> _skinOnly = new("--skin-only")
    {
        Description = "With --model: nothing is wrinkle outside the skin, as segment has it."
    };

    private readonly NetworkRunOptions _run = new();

    public void AddTo(Command command)
    {
        command.Add(_models);
        command.Add(_threshold);
        command.Add(_skinOnly);
        _run.AddTo(command);
        command.Validators.Add(result =>
        {
            if (Count(result) == 0
                && (_run.AreGiven(result)
                    || result.GetResult(_threshold) is not null
                    || result.GetResult(_skinOnly) is { Implicit: false }))
                result.AddError("--threshold, --skin-only, --precision and --device belong to --model");
        });
    }

    /// <summary>How many networks were given.</summary>
    public int Count(CommandResult result) => result.GetResult(_models)?.Tokens.Count ?? 0;

    public IReadOnlyList<string> Paths(ParseResult parsed)
    {
        var paths = parsed.GetValue(_models) ?? [];
        if (paths.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new CommandException($"{twice.First()} was given twice");
        // The last of several is missed before the first is scored for minutes.
        foreach (var path in paths)
            CheckpointFiles.Guard(path, File.Exists);
        return paths;
    }

    public double? Threshold(ParseResult parsed) => parsed.GetValue(_threshold);

    public bool SkinOnly(ParseResult parsed) => parsed.GetValue(_skinOnly);

    public NetworkSegmenter Load(ParseResult parsed, string path, int threads) => _run.Load(parsed, path, threads);
}
