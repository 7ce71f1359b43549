using Rhytid.Torch;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>
/// Binary cross entropy (<c>bce</c>; Kim, Table 2), from logits, so that no probability has to be kept away from 0 and
/// 1.
/// </summary>
/// <param name="PositiveWeight">Weight of wrinkle pixels, such as the ratio of background to wrinkle that <c>data
/// stats</c> prints.</param>
public sealed record CrossEntropy(double PositiveWeight = 1) : ILoss
{
    private static readonly Field[] Keys =
    [
        Field<CrossEntropy>.Number("positive-weight", "weight of wrinkle pixels",
            x => x.PositiveWeight, (x, v) => x with { PositiveWeight = v }),
    ];

    /// <inheritdoc/>
    public string Name => "bce";

    /// <inheritdoc/>
    public string Description => "binary cross entropy";

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var z = Logits.Wrinkle(outputs[0]);
        var loss = (target.Values * Logits.Softplus(-z) * PositiveWeight) + ((1 - target.Values) * Logits.Softplus(z));
        return LossValue.Create("bce_loss", Reduction.Mean(loss, target.Scored));
    }
}
