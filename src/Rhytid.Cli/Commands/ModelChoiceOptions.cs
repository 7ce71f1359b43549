using System.CommandLine;
using System.Globalization;
using Rhytid.Models;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands;

/// <summary>The options that say how a network is built: channels, width and the architecture's choices.</summary>
internal sealed class ModelChoiceOptions
{
    private readonly Option<int?> _in = CommonOptions.Validated(
        new Option<int?>("--in")
        {
            Description = "Input channels: 3 colour, 4 colour and texture map.",
            HelpName = "3|4"
        },
        value => value is null or 3 or 4 ? null : "--in must be 3 (colour) or 4 (colour and texture map)");
    private readonly Option<int?> _out = Number(
        "--out-channels", "Logits: 1, 2 (background, wrinkle) or the number of classes.");
    private readonly Option<int?> _width = Number("--width", "Channels of the first stage.");
    private readonly Option<int?> _window = Number("--window", "Side of attention windows, in tokens.");
    private readonly Option<string?> _depths = new("--depths")
    {
        Description = "Blocks of each stage of a transformer, such as 2,2,6,2.",
        HelpName = "N,N,N,N"
    };
    private readonly Option<string?> _gate = CommonOptions.OneOf<GateSignal>(
        "--gate", "Which map opens attention gates.");
    private readonly Option<bool> _bilinear = new("--bilinear")
    {
        Description = "Enlarge by interpolation where the network offers a choice."
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _in, _out, _width, _window, _depths, _gate, _bilinear })
            command.Add(option);
    }

    public ModelOptions Read(ParseResult parsed, ModelDescription model, ModelOptions? found = null) => new()
    {
        InChannels = parsed.GetValue(_in) ?? found?.InChannels ?? 3,
        OutChannels = parsed.GetValue(_out) ?? found?.OutChannels ?? model.DefaultOutChannels,
        Width = parsed.GetValue(_width) ?? found?.Width,
        Window = parsed.GetValue(_window),
        Depths = parsed.GetValue(_depths) is { } depths ? ParseDepths(depths) : null,
        Gate = CommonOptions.ValueOf<GateSignal>(parsed.GetValue(_gate)),
        Bilinear = parsed.GetValue(_bilinear) ? true : null,
    };

    private static Option<int?> Number(string name, string description) =>
        CommonOptions.Validated(
            new Option<int?>(name) { Description = description, HelpName = "N" },
            value => value is null or (>= 1 and <= 4096) ? null : $"{name} must lie between 1 and 4096");

    private static int[] ParseDepths(string text)
    {
        var parts = text.Split(',');
        var depths =
            parts.Select(
                part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : 0)
                    .ToArray();
        return depths.Length == 4 && depths.All(depth => depth is >= 1 and <= 64)
            ? depths
            : throw new CommandException($"--depths '{text}': write four numbers from 1 to 64, such as 2,2,6,2");
    }
}
