using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>Several samples side by side. Levels are those of the files, 0 to 255; normalisation comes after augmentation.</summary>
public abstract record WrinkleBatch
{
    /// <summary>The samples' ids, N of them.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>(N, 3, H, W), UInt8 or Float32: red, green, blue, 0 to 255.</summary>
    public required Tensor Photo { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32: texture maps, 0 to 255; null where there are none.</summary>
    public Tensor? Texture { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32: wrinkle masks of 0 and 1, or between them for soft labels; null where there are none.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>(N, 1, H, W), UInt8 or Float32 of 0 and 1: where pixels count; null for everywhere.</summary>
    public Tensor? Scored { get; init; }
}
