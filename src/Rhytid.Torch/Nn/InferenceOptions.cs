namespace Rhytid.Torch.Nn;

/// <summary>What a model is prepared for when it will only be evaluated.</summary>
/// <param name="Type">Type of weights and activations: <see cref="DType.Float32"/> or <see cref="DType.BFloat16"/>.</param>
/// <param name="ChannelsLast">Whether images are kept with their channels innermost.</param>
public sealed record InferenceOptions(DType Type = DType.Float32, bool ChannelsLast = true);
