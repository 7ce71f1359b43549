using System.CommandLine;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>--labels</c>, <c>--skin-masks</c>: labels or masks of a set's photos that lie elsewhere.</summary>
internal sealed class SkinFolderOptions
{
    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "A folder of parsing labels (.npy or pictures) that lie elsewhere.",
        HelpName = "DIR"
    };
    private readonly Option<string?> _masks = new("--skin-masks")
    {
        Description = "A folder of skin masks that lie elsewhere.",
        HelpName = "DIR"
    };

    public void AddTo(Command command)
    {
        command.Add(_labels);
        command.Add(_masks);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_labels) is not null && result.GetValue(_masks) is not null)
                result.AddError("--labels and --skin-masks exclude each other");
        });
    }

    public bool HasMasks(ParseResult parsed) => parsed.GetValue(_masks) is not null;

    public DatasetOptions Read(ParseResult parsed, DatasetOptions options) =>
        options with { Labels = parsed.GetValue(_labels), SkinMasks = parsed.GetValue(_masks) };
}
