using System.CommandLine;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>--ids</c>, <c>--split</c>, <c>--splits</c>: which photos of a data set are meant.</summary>
internal sealed class PartOptionSet
{
    private readonly Option<string?> _ids = new("--ids")
    {
        Description = "These ids only: a file with one a line.",
        HelpName = "FILE"
    };

    private readonly Option<string?> _split = CommonOptions.Validated(
        new Option<string?>("--split")
        {
            Description = "This part of a split only, such as test, val or fold-1-val.",
            HelpName = "NAME"
        },
        value =>
            value is null || value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                ? null
                : $"--split '{value}' is no part of a split; use test, val, train or another list's name without .txt");

    private readonly Option<string?> _splits = new("--splits")
    {
        Description = "Where data split wrote its lists; splits/ of the data set unless given.",
        HelpName = "DIR"
    };

    public void AddTo(Command command)
    {
        command.Add(_ids);
        command.Add(_split);
        command.Add(_splits);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_ids) is not null && result.GetResult(_split) is not null)
                result.AddError("--ids and --split both choose photos; give one of them");
            if (result.GetResult(_splits) is not null && result.GetResult(_split) is null)
                result.AddError("--splits needs the name of a part: add --split test");
        });
    }

    /// <summary>The chosen ids; null for all.</summary>
    /// <exception cref="DatasetException">The list cannot be read.</exception>
    public IReadOnlyList<string>? Read(ParseResult parsed, string data)
    {
        if (parsed.GetValue(_ids) is { } file)
            return IdList.Load(file);
        if (parsed.GetValue(_split) is not { } name)
            return null;
        var splits = parsed.GetValue(_splits);
        if (splits is null && (File.Exists(data) || File.Exists(data + ".safetensors")))
            throw new CommandException(
                $"{data} is a pack and has no folder splits/: add --splits DIR, where data split wrote its lists");
        return IdList.Load(Path.Combine(splits ?? Path.Combine(data, "splits"), name + ".txt"));
    }
}
