using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>Binary cross entropy (<c>bce</c>; Kim, Table 2), from logits, so that no probability has to be kept away from 0 and 1.</summary>
/// <param name="positiveWeight">Weight of wrinkle pixels, such as the ratio of background to wrinkle that <c>data stats</c> prints.</param>
public sealed class CrossEntropy(double positiveWeight = 1) : ILoss
{
    /// <inheritdoc/>
    public string Name => "bce";

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var z = Logits.Wrinkle(outputs[0]);
        var loss = (target.Values * Logits.Softplus(-z) * positiveWeight) + ((1 - target.Values) * Logits.Softplus(z));
        return LossValue.Of("bce_loss", Reduction.Mean(loss, target.Scored));
    }
}
