using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// Dice of the wrinkle class alone: <c>1 - 2 sum p q / (sum p + sum q)</c> (Sandu; <c>dice</c>), or with squares in the
/// denominator (Kim, Bui; <c>dice-sq</c>).
/// </summary>
/// <param name="squared">Squares in the denominator.</param>
/// <param name="pooling">Over what the sums run.</param>
public sealed class BinaryDice(bool squared = false, Pooling pooling = Pooling.Image) : ILoss
{
    private const double Epsilon = 1e-6;

    /// <inheritdoc/>
    public string Name => squared ? "dice-sq" : "dice";

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var p = Reduction.KeepScored(Logits.Wrinkle(outputs[0]).Sigmoid(), target.Scored);
        var q = Reduction.KeepScored(target.Values, target.Scored);
        var sizes = squared ? Reduction.Sum(p * p, pooling) + Reduction.Sum(q * q, pooling) : Reduction.Sum(p, pooling) + Reduction.Sum(q, pooling);
        var dice = ((Reduction.Sum(p * q, pooling) * 2) + Epsilon) / (sizes + Epsilon);
        return LossValue.Of("dice_loss", 1 - Reduction.MeanOfRatios(dice, pooling));
    }
}
