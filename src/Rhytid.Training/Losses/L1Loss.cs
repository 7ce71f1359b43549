using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>
/// Mean of absolute differences over the pixels that count (SimMIM, Xie et al., 2022: <c>sum |x - y| m / (sum m + 1e-5)
/// / 3</c>; the hidden pixels are those that count).
/// </summary>
public sealed class L1Loss : ILoss
{
    private const double Epsilon = 1e-5;

    /// <inheritdoc/>
    public string Name => "l1";

    /// <inheritdoc/>
    public string Description => "mean absolute error, for pre-training";

    /// <inheritdoc/>
    public TargetKind Targets => TargetKind.Values;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var difference = (outputs[0] - target.Values).Abs();
        return LossValue.Create("l1_loss", target.Scored is null
            ? Reduction.Mean(difference)
            : Reduction.Sum(difference * target.Scored)
                / ((Reduction.Sum(target.Scored) + Epsilon) * difference.Size(1)));
    }
}
