using Rhytid.Torch;

namespace Rhytid.Training.Batches;

/// <summary>Several samples, as they were packed: nothing is scaled, masked or augmented yet. Owns its tensors.</summary>
/// <param name="Ids">The samples' ids.</param>
/// <param name="Photos">(N, 3, H, W), Float32, 0 to 255.</param>
/// <param name="Textures">(N, 1, H, W), Float32, 0 to 255; null where the set has no texture maps.</param>
/// <param name="Masks">(N, 1, H, W), Float32, 0 or 1; null for unlabelled samples.</param>
/// <param name="Scored">(N, 1, H, W), Float32, 0 or 1: where pixels count; null for everywhere.</param>
/// <param name="Skin">(N, 1, H, W), Float32, 0 or 1; null where the set has no skin masks.</param>
public sealed record LoadedBatch(IReadOnlyList<string> Ids, Tensor Photos, Tensor? Textures, Tensor? Masks, Tensor? Scored, Tensor? Skin) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { Photos, Textures, Masks, Scored, Skin })
            tensor?.Dispose();
    }
}
