namespace Rhytid.Models;

/// <summary>
/// How one network of a catalogued architecture is built. What is null takes the architecture's own default.
/// </summary>
public sealed record ModelOptions
{
    /// <summary>Channels of the input: 3 for colour, 4 for colour and texture map.</summary>
    public int InChannels { get; init; } = 3;

    /// <summary>Channels of the logits: 1 (sigmoid), 2 (background, wrinkle), or the number of classes.</summary>
    public int OutChannels { get; init; } = 1;

    /// <summary>Channels of the first stage; the later ones follow.</summary>
    public int? Width { get; init; }

    /// <summary>Blocks of each stage of a transformer.</summary>
    public IReadOnlyList<int>? Depths { get; init; }

    /// <summary>Side of a transformer's attention windows, in tokens.</summary>
    public int? Window { get; init; }

    /// <summary>Which map opens the attention gates.</summary>
    public GateSignal? Gate { get; init; }

    /// <summary>Enlarge by bilinear interpolation where the architecture offers a choice.</summary>
    public bool? Bilinear { get; init; }

    /// <summary>Side outputs for training where the architecture offers them.</summary>
    public bool? DeepSupervision { get; init; }
}

/// <summary>The map that opens an attention gate.</summary>
public enum GateSignal
{
    /// <summary>The next deeper map of the encoder, as in the published system.</summary>
    Encoder,

    /// <summary>The decoder's map, as in the attention U-Net's paper.</summary>
    Decoder,
}
