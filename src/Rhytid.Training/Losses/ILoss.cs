using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>How far a network's answer is from the target.</summary>
public interface ILoss
{
    /// <summary>What recipes call it.</summary>
    string Name { get; }

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
    public static LossValue Of(string name, Tensor total) => new(total, new Dictionary<string, Tensor> { [name] = total });
}
