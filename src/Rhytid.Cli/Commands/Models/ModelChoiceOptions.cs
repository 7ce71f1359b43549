using Rhytid.Models;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands.Models;

/// <summary>The options that say how a network is built: channels, width and the architecture's choices.</summary>
internal sealed class ModelChoiceOptions
{
    private readonly Setting<int?> _in;
    private readonly Setting<int?> _out;
    private readonly Setting<int?> _width;
    private readonly Setting<int?> _window;
    private readonly Setting<int[]?> _depths;
    private readonly Setting<GateSignal?> _gate;
    private readonly Setting<bool> _bilinear;

    public ModelChoiceOptions(CliCommand command)
    {
        _in = command.OptionalNumber<int>("--in", "3|4", "Input channels: 3 colour, 4 colour and texture map.");
        _out = command.OptionalNumber<int>(
            "--out-channels", "N", "Logits: 1, 2 (background, wrinkle) or the number of classes.", 1, 4096);
        _width = command.OptionalNumber<int>("--width", "N", "Channels of the first stage.", 1, 4096);
        _window = command.OptionalNumber<int>("--window", "N", "Side of attention windows, in tokens.", 1, 4096);
        _depths = command.Parsed<int[]?>(
            "--depths", "N,N,N,N", "Blocks of each stage of a transformer, such as 2,2,6,2.", null, TryParseDepths,
            "must be four numbers from 1 to 64, such as 2,2,6,2");
        _gate = command.OptionalChoice<GateSignal>("--gate", "Which map opens attention gates.");
        _bilinear = command.Flag("--bilinear", "Enlarge by interpolation where the network offers a choice.");
        command.Check(() =>
            _in.Value is null or 3 or 4 ? null : "--in must be 3 (colour) or 4 (colour and texture map)");
    }

    public ModelOptions Read(ModelDescription model, ModelOptions? found = null) => new()
    {
        InChannels = _in.Value ?? found?.InChannels ?? 3,
        OutChannels = _out.Value ?? found?.OutChannels ?? model.DefaultOutChannels,
        Width = _width.Value ?? found?.Width,
        Window = _window,
        Depths = _depths.Value,
        Gate = _gate,
        Bilinear = _bilinear ? true : null,
    };

    /// <summary>The network of a name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static ModelDescription Describe(string id) =>
        ModelCatalog.All.FirstOrDefault(model => model.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandException(
            $"there is no model '{id}'; one of: {string.Join(", ", ModelCatalog.All.Select(entry => entry.Id))}");

    /// <summary>Builds a network.</summary>
    /// <exception cref="CommandException">It cannot be built so.</exception>
    public static Network Build(string id, ModelOptions options)
    {
        try
        {
            return ModelCatalog.Create(id, options);
        }
        catch (ArgumentException error)
        {
            throw new CommandException(ExitCodes.LineOf(error));
        }
    }

    private static bool TryParseDepths(string text, out int[]? depths)
    {
        depths = [.. NumberList.Parse(text)];
        return depths.Length == 4 && depths.All(depth => depth is >= 1 and <= 64);
    }
}
