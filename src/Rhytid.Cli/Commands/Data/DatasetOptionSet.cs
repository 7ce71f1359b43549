using System.CommandLine;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>--layout</c>, <c>--wrinkle-value</c>, <c>--photos</c>: how a folder is read as a data set, for every command that
/// reads one.
/// </summary>
internal sealed class DatasetOptionSet
{
    private const string Auto = "auto";

    private readonly Option<string> _layout = CommonOptions.OneOf(
        "--layout", [], "How the folders are laid out.", Auto,
        [Auto, .. DatasetLayouts.All.Select(layout => layout.Name)]);

    private readonly Option<int?> _wrinkleValue = WrinkleValue();

    private readonly Option<string?> _photos = new("--photos")
    {
        Description = "A folder of photos that lie elsewhere, such as FFHQ's.",
        HelpName = "DIR"
    };

    /// <summary><c>--wrinkle-value</c> alone, for commands that read masks without photos.</summary>
    public static Option<int?> WrinkleValue() =>
        CommonOptions.Validated(
            new Option<int?>("--wrinkle-value")
            {
                Description =
                    "The mask value that means wrinkle where masks hold class values; found out unless given.",
                HelpName = "V"
            },
            value => value is null or (>= 1 and <= 255) ? null : "--wrinkle-value must be 1 to 255");

    public void AddTo(Command command)
    {
        command.Add(_layout);
        command.Add(_wrinkleValue);
        command.Add(_photos);
    }

    public DatasetOptions Read(ParseResult parsed) => new()
    {
        Layout = parsed.GetValue(_layout) is { } name && name != Auto ? DatasetLayouts.Named(name) : null,
        WrinkleValue = parsed.GetValue(_wrinkleValue),
        Photos = parsed.GetValue(_photos),
    };
}
