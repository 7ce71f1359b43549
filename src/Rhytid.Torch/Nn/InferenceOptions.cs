namespace Rhytid.Torch.Nn;

/// <summary>What a model is prepared for when it will only be evaluated.</summary>
/// <param name="Type">Type of weights and activations: <see cref="DType.Float32"/> or
/// <see cref="DType.BFloat16"/>.</param>
/// <param name="ChannelsLast">Whether images are kept with their channels innermost.</param>
/// <param name="FastConvolutions">
/// Whether 3x3 convolutions in single precision may use Winograd's algorithm: about twice as fast, with results that
/// differ from the direct sum by about one part in 100,000.
/// </param>
public sealed record InferenceOptions(
    DType Type = DType.Float32, bool ChannelsLast = true, bool FastConvolutions = true);
