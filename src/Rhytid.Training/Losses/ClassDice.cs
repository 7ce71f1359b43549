using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// Soft Dice of many classes (<c>dice-parts</c>, for face parsing):
/// <c>1 - mean_c 2 sum p_c g_c / (sum p_c + sum g_c)</c> with p by softmax, sums over the batch, mean over the classes
/// that occur in it. A class of few pixels counts as much as one of many.
/// </summary>
/// <remarks>Pixels whose label names no single class are left out.</remarks>
public sealed class ClassDice : ILoss
{
    private const float Epsilon = 1e-6f;

    /// <inheritdoc/>
    public string Name => "dice-parts";

    /// <inheritdoc/>
    public string Description => "soft Dice, mean over the classes of the batch; for face parsing";

    /// <inheritdoc/>
    public TargetKind Targets => TargetKind.Classes;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var total = outputs.Select(output => HeadLoss(output, target)).Aggregate((sum, loss) => sum + loss);
        return LossValue.Create("dice_parts_loss", total);
    }

    private static Tensor HeadLoss(Tensor output, LossTarget target)
    {
        // (N C H W) and (N 1 H W).
        var classes = output.Size(1);
        var known = 1 - target.Values.Greater(classes - 0.5).To(DType.Float32);
        known = Reduction.KeepScored(known, target.Scored);
        var numbers = Tensor.Arange(classes, DType.Float32, output.Device).Reshape(1, classes, 1, 1);
        var truth = target.Values.EqualTo(numbers).To(DType.Float32) * known;
        var probabilities = output.Softmax(1) * known;
        var both = Reduction.SumPerClass(probabilities * truth);
        var pixels = Reduction.SumPerClass(truth);
        var dice = both * 2 / (Reduction.SumPerClass(probabilities) + pixels + Epsilon);
        var occurs = pixels.Greater(0).To(DType.Float32);
        return 1 - ((dice * occurs).Sum() / occurs.Sum().Clamp(1, float.MaxValue));
    }
}
