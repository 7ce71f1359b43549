using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// Focal loss (Lin et al. 2017; Kim, Bui, Sandu; <c>focal</c>): cross entropy, weighted down where the network is
/// right already. <c>-alpha (1-p)^gamma log p</c> on wrinkles, <c>-(1-alpha) p^gamma log(1-p)</c> elsewhere.
/// </summary>
/// <param name="alpha">Weight of wrinkles.</param>
/// <param name="gamma">How fast what is right loses its weight.</param>
/// <param name="sum">Sum over pixels as Kim's formula has it; it outweighs Dice by five orders of magnitude.</param>
public sealed class FocalLoss(double alpha = 0.75, double gamma = 2, bool sum = false) : ILoss
{
    // The gradient of a power below 1 is infinite at 0.
    private const double LeastProbability = 1e-6;

    /// <inheritdoc/>
    public string Name => "focal";

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var z = Logits.Wrinkle(outputs[0]);
        var p = z.Sigmoid().Clamp(LeastProbability, 1 - LeastProbability);
        var onWrinkles = target.Values * (1 - p).Pow(gamma) * Logits.Softplus(-z) * alpha;
        var elsewhere = (1 - target.Values) * p.Pow(gamma) * Logits.Softplus(z) * (1 - alpha);
        var loss = onWrinkles + elsewhere;
        return LossValue.Of("focal_loss", sum ? Reduction.Sum(Reduction.KeepScored(loss, target.Scored)) : Reduction.Mean(loss, target.Scored));
    }
}
