using System.CommandLine;
using Rhytid.Segmentation.Networks;

namespace Rhytid.Cli.Commands;

/// <summary><c>--model</c>, <c>--precision</c>, <c>--device</c>: run a trained network.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string?> _model = new("--model") { Description = "A trained network instead of a method.", HelpName = "FILE.safetensors" };
    private readonly NetworkRunOptions _run = new();

    public void AddTo(Command command)
    {
        command.Add(_model);
        _run.AddTo(command);
    }

    /// <summary>Whether a network was asked for.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_model) is not null;

    /// <summary>The network, or null where none was asked for.</summary>
    public NetworkSegmenter? Load(ParseResult parsed, int threads)
    {
        if (parsed.GetValue(_model) is { } path)
            return _run.Load(parsed, path, threads);
        if (_run.AreGiven(parsed.CommandResult))
            throw new CommandException("--device and --precision belong to --model");
        return null;
    }
}
