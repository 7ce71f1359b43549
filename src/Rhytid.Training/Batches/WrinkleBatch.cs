using Rhytid.Torch;

namespace Rhytid.Training.Batches;

/// <summary>
/// Several samples side by side. Levels are those of the files, 0 to 255; normalisation comes last. Owns its tensors.
/// </summary>
public abstract record WrinkleBatch : IDisposable
{
    /// <summary>The samples' ids, N of them.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>(N, 3, H, W), UInt8 or Float32: red, green, blue, 0 to 255.</summary>
    public required Tensor Photo { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32: texture maps, 0 to 255; null where there are none.</summary>
    public Tensor? Texture { get; init; }

    /// <summary>
    /// (N, 1, H, W), UInt8 or Float32: wrinkle masks of 0 and 1, or between them for soft labels; null where there are
    /// none.
    /// </summary>
    public Tensor? Mask { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32 of 0 and 1: where pixels count; null for everywhere.</summary>
    public Tensor? Scored { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32 of 0 and 1: the skin; null where there are no skin masks.</summary>
    public Tensor? Skin { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32: class numbers of a face parser; null where there are none.</summary>
    public Tensor? Labels { get; init; }

    /// <summary>What a batch may have beside photos, by the names of messages.</summary>
    internal IEnumerable<(string Name, Tensor? Tensor)> Companions =>
        [("texture maps",
            Texture), ("masks", Mask), ("scored regions", Scored), ("skin masks", Skin), ("parsing labels", Labels)];

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Photo.Dispose();
        foreach (var (_, tensor) in Companions)
            tensor?.Dispose();
        GC.SuppressFinalize(this);
    }
}
