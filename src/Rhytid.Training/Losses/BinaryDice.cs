using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>
/// Dice of the wrinkle class alone: <c>1 - 2 sum p q / (sum p + sum q)</c> (Sandu; <c>dice</c>), or with squares in the
/// denominator (Kim, Bui; <c>dice-sq</c>).
/// </summary>
/// <param name="Squared">Squares in the denominator.</param>
/// <param name="Pooling">Whether ratios are per image or per batch.</param>
public sealed record BinaryDice(bool Squared = false, Pooling Pooling = Pooling.Image) : ILoss
{
    private const double Epsilon = 1e-6;

    private static readonly Field[] Keys =
    [
        Field<BinaryDice>.OneOf("pooling", "one ratio per image or one over the batch",
            x => x.Pooling, (x, v) => x with { Pooling = v },
            ("image", Pooling.Image), ("batch", Pooling.Batch)),
    ];

    /// <inheritdoc/>
    public string Name => Squared ? "dice-sq" : "dice";

    /// <inheritdoc/>
    public string Description => Squared ? "Dice of wrinkles, squares in the denominator" : "Dice of wrinkles";

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var p = Reduction.KeepScored(Logits.Wrinkle(outputs[0]).Sigmoid(), target.Scored);
        var q = Reduction.KeepScored(target.Values, target.Scored);
        var sizes = Squared
            ? Reduction.Sum(p * p, Pooling) + Reduction.Sum(q * q, Pooling)
            : Reduction.Sum(p, Pooling) + Reduction.Sum(q, Pooling);
        var dice = ((Reduction.Sum(p * q, Pooling) * 2) + Epsilon) / (sizes + Epsilon);
        return LossValue.Create("dice_loss", 1 - Reduction.MeanOfRatios(dice, Pooling));
    }
}
