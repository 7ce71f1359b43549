using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>
/// Mean of squared differences, for linear outputs: texture pre-training and the other pretexts (<c>mse</c>; Moon,
/// stage 1).
/// </summary>
public sealed class MeanSquaredError : ILoss
{
    /// <inheritdoc/>
    public string Name => "mse";

    /// <inheritdoc/>
    public string Description => "mean squared error, for pre-training";

    /// <inheritdoc/>
    public TargetKind Targets => TargetKind.Values;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var difference = outputs[0] - target.Values;
        return LossValue.Create("mse_loss", Reduction.Mean(difference * difference, target.Scored));
    }
}
