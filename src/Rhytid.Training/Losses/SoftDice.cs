using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// Soft Dice over the classes, background included (Moon, stage 2; <c>dice-c</c>):
/// <c>1 - 1/C sum_c 2 sum p_c g_c / (sum p_c + sum g_c)</c> with p by softmax.
/// </summary>
/// <param name="pooling">Over what the sums run; public precedents pool the batch.</param>
public sealed class SoftDice(Pooling pooling = Pooling.Batch) : ILoss
{
    private const double Epsilon = 1e-6;

    /// <inheritdoc/>
    public string Name => "dice-c";

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var wrinkle = Logits.Wrinkle(outputs[0]).Sigmoid();
        var dice = (Ratio(wrinkle, target.Values, target.Scored) + Ratio(1 - wrinkle, 1 - target.Values, target.Scored)) * 0.5;
        return LossValue.Of("dice_loss", 1 - Reduction.MeanOfRatios(dice, pooling));
    }

    private Tensor Ratio(Tensor probabilities, Tensor truth, Tensor? scored)
    {
        var p = Reduction.KeepScored(probabilities, scored);
        var g = Reduction.KeepScored(truth, scored);
        return ((Reduction.Sum(p * g, pooling) * 2) + Epsilon) / (Reduction.Sum(p, pooling) + Reduction.Sum(g, pooling) + Epsilon);
    }
}
