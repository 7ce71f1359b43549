using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>--ids</c>, <c>--split</c>, <c>--splits</c>: which photos of a data set are meant.</summary>
internal sealed class PartOptions
{
    private readonly Setting<string?> _ids;
    private readonly Setting<string?> _split;
    private readonly Setting<string?> _splits;

    public PartOptions(CliCommand command)
    {
        _ids = command.File("--ids", "These ids only: a file with one a line.");
        _split = command.Text(
            "--split", "NAME", "This part of a split only, such as test, val or fold-1-val.",
            name => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                ? null
                : $"--split '{name}' is no part of a split; use test, val, train or another list's name without .txt");
        _splits = command.Folder(
            "--splits", "Where data split wrote its lists; splits/ of the data set unless given.");
        command.Check(() => _ids.IsGiven && _split.IsGiven
            ? "--ids and --split both choose photos; give one of them"
            : null);
        command.Check(() => _splits.IsGiven && !_split.IsGiven
            ? "--splits needs the name of a part: add --split test"
            : null);
    }

    /// <summary>The chosen ids; null for all.</summary>
    /// <exception cref="DatasetException">The list cannot be read.</exception>
    public IReadOnlyList<string>? Read(string data)
    {
        if (_ids.Value is { } file)
            return IdList.Load(file);
        if (_split.Value is not { } name)
            return null;
        var splits = _splits.Value;
        if (splits is null && (File.Exists(data) || File.Exists(data + ".safetensors")))
            throw new CommandException(
                $"{data} is a pack and has no folder splits/: add --splits DIR, where data split wrote its lists");
        return IdList.Load(Path.Combine(splits ?? Path.Combine(data, "splits"), name + ".txt"));
    }
}
