using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>
/// Soft Dice over the classes, background included (Moon, stage 2; <c>dice-c</c>):
/// <c>1 - 1/C sum_c 2 sum p_c g_c / (sum p_c + sum g_c)</c> with p by softmax.
/// </summary>
/// <param name="Pooling">Whether ratios are per image or per batch; public precedents pool the batch.</param>
public sealed record SoftDice(Pooling Pooling = Pooling.Batch) : ILoss
{
    private const double Epsilon = 1e-6;

    private static readonly Field[] Keys =
    [
        Field<SoftDice>.OneOf("pooling", "one ratio per image or one over the batch",
            x => x.Pooling, (x, v) => x with { Pooling = v },
            ("image", Pooling.Image), ("batch", Pooling.Batch)),
    ];

    /// <inheritdoc/>
    public string Name => "dice-c";

    /// <inheritdoc/>
    public string Description => "soft Dice of both classes";

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var wrinkle = Logits.Wrinkle(outputs[0]).Sigmoid();
        var dice =
            (Ratio(wrinkle, target.Values, target.Scored) + Ratio(1 - wrinkle, 1 - target.Values, target.Scored)) * 0.5;
        return LossValue.Create("dice_loss", 1 - Reduction.MeanOfRatios(dice, Pooling));
    }

    private Tensor Ratio(Tensor probabilities, Tensor truth, Tensor? scored)
    {
        var p = Reduction.KeepScored(probabilities, scored);
        var g = Reduction.KeepScored(truth, scored);
        return ((Reduction.Sum(p * g, Pooling) * 2) + Epsilon)
            / (Reduction.Sum(p, Pooling) + Reduction.Sum(g, Pooling) + Epsilon);
    }
}
