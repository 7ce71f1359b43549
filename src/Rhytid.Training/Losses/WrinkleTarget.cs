using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>What a network should have answered.</summary>
/// <param name="Values">(N, K, H, W), Float32: 0/1, or between them for soft labels; K = 1 for wrinkles.</param>
/// <param name="Scored">(N, 1, H, W), Float32 of 0/1: where pixels count; null for everywhere.</param>
public sealed record WrinkleTarget(Tensor Values, Tensor? Scored = null);
