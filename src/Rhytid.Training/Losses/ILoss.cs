using Rhytid.Torch;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>How far a network's answer is from the target.</summary>
/// <remarks>
/// Recipes may name what <see cref="LossKinds"/> lists; its numbers are properties with a <see cref="Field"/> each.
/// </remarks>
public interface ILoss : IKind
{
    /// <summary>What recipes call it.</summary>
    string Name { get; }

    /// <summary>What it compares the network's answer with.</summary>
    TargetKind Targets => TargetKind.Wrinkles;

    /// <summary>The one architecture whose heads it needs; null for any.</summary>
    string? RequiredModel => null;

    /// <inheritdoc/>
    string IKind.Id => Name;

    /// <inheritdoc/>
    string IKind.Description => "";

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">One output (N, C, H, W) for each head, logits or linear values.</param>
    /// <param name="target">The target.</param>
    LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target);
}

/// <summary>A loss and what it is made of.</summary>
/// <param name="Total">The scalar to descend on.</param>
/// <param name="Parts">Its terms by name, for the log.</param>
public sealed record LossValue(Tensor Total, IReadOnlyDictionary<string, Tensor> Parts)
{
    /// <summary>A loss of one term.</summary>
    public static LossValue Create(string name, Tensor total) =>
        new(total, new Dictionary<string, Tensor> { [name] = total });
}

/// <summary>What a network's answer is compared with.</summary>
public enum TargetKind
{
    /// <summary>A mask of wrinkles.</summary>
    Wrinkles,

    /// <summary>Linear values, such as a photo or a texture map.</summary>
    Values,

    /// <summary>The number of a class for each pixel.</summary>
    Classes,
}

/// <summary>What a network should have answered.</summary>
/// <param name="Values">(N, K, H, W), Float32: for wrinkles K = 1 and 0/1, or between them for soft labels; levels for
/// restored pictures; class numbers for parsing.</param>
/// <param name="Scored">(N, 1, H, W), Float32 of 0/1: where pixels count; null for everywhere.</param>
public sealed record LossTarget(Tensor Values, Tensor? Scored = null);
