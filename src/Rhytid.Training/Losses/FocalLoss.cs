using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>
/// Focal loss (Lin et al. 2017; Kim, Bui, Sandu; <c>focal</c>): cross entropy, weighted down where the network is
/// right already. <c>-alpha (1-p)^gamma log p</c> on wrinkles, <c>-(1-alpha) p^gamma log(1-p)</c> elsewhere.
/// </summary>
/// <param name="Alpha">Weight of wrinkles.</param>
/// <param name="Gamma">How fast what is right loses its weight.</param>
/// <param name="Sum">Sum over pixels as Kim's formula has it; it outweighs Dice by five orders of magnitude.</param>
public sealed record FocalLoss(double Alpha = 0.75, double Gamma = 2, bool Sum = false) : ILoss
{
    // The gradient of a power below 1 is infinite at 0.
    private const double LeastProbability = 1e-6;

    private static readonly Field[] Keys =
    [
        Field<FocalLoss>.Number("alpha", "weight of wrinkle pixels; the others have 1 - alpha",
            x => x.Alpha, (x, v) => x with { Alpha = v }, max: 1),
        Field<FocalLoss>.Number("gamma", "focusing power", x => x.Gamma, (x, v) => x with { Gamma = v }),
        Field<FocalLoss>.Bool("sum", "sum over pixels instead of mean", x => x.Sum, (x, v) => x with { Sum = v }),
    ];

    /// <inheritdoc/>
    public string Name => "focal";

    /// <inheritdoc/>
    public string Description => "focal loss";

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var z = Logits.Wrinkle(outputs[0]);
        var p = z.Sigmoid().Clamp(LeastProbability, 1 - LeastProbability);
        var onWrinkles = target.Values * (1 - p).Pow(Gamma) * Logits.Softplus(-z) * Alpha;
        var elsewhere = (1 - target.Values) * p.Pow(Gamma) * Logits.Softplus(z) * (1 - Alpha);
        var loss = onWrinkles + elsewhere;
        var reduced = Sum
            ? Reduction.Sum(Reduction.KeepScored(loss, target.Scored))
            : Reduction.Mean(loss, target.Scored);
        return LossValue.Create("focal_loss", reduced);
    }
}
