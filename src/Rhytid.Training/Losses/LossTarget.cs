using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>What a network should have answered.</summary>
/// <param name="Values">(N, K, H, W), Float32: for wrinkles K = 1 and 0/1, or between them for soft labels; levels for
/// restored pictures; class numbers for parsing.</param>
/// <param name="Scored">(N, 1, H, W), Float32 of 0/1: where pixels count; null for everywhere.</param>
public sealed record LossTarget(Tensor Values, Tensor? Scored = null);
