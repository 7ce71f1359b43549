using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>
/// Dice of the centre lines (clDice, Shit et al. 2021): how much of the predicted lines lies in the true mask, and how
/// much of the true lines in the predicted one. Lines are thinned by minima and maxima, through which gradients pass.
/// </summary>
/// <param name="Iterations">How often lines are thinned; half the width of the widest one is enough.</param>
public sealed record SoftClDiceLoss(int Iterations = 5) : ILoss
{
    private const double Epsilon = 1e-6;

    private static readonly Field[] Keys =
    [
        Field<SoftClDiceLoss>.Integer("iterations", "how often lines are thinned; half the width of the widest",
            x => x.Iterations, (x, v) => x with { Iterations = v }, min: 1, max: 100),
    ];

    /// <inheritdoc/>
    public string Name => "cldice";

    /// <inheritdoc/>
    public string Description => "soft clDice: Dice of the centre lines";

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var p = Reduction.KeepScored(Logits.Wrinkle(outputs[0]).Sigmoid(), target.Scored);
        var q = Reduction.KeepScored(target.Values, target.Scored);
        var (predictedLines, trueLines) = (Skeleton(p, Iterations), Skeleton(q, Iterations));
        var precision = (Reduction.Sum(predictedLines * q) + Epsilon) / (Reduction.Sum(predictedLines) + Epsilon);
        var sensitivity = (Reduction.Sum(trueLines * p) + Epsilon) / (Reduction.Sum(trueLines) + Epsilon);
        return LossValue.Create("cldice_loss", 1 - (2 * precision * sensitivity / (precision + sensitivity)));
    }

    /// <summary>
    /// The centre lines of (N, 1, H, W), soft: what opening takes away, of the picture eroded 0, 1, 2 ... times.
    /// </summary>
    internal static Tensor Skeleton(Tensor picture, int iterations)
    {
        var lines = (picture - Open(picture)).Relu();
        for (var i = 0; i < iterations; i++)
        {
            picture = Erode(picture);
            var more = (picture - Open(picture)).Relu();
            lines += (more - (lines * more)).Relu();
        }
        return lines;
    }

    // A cross, not a square: lines that run at an angle stay whole.
    private static Tensor Erode(Tensor picture)
    {
        var upright = -(-picture).MaxPool2d(new Size2(3, 1), new Size2(1, 1), new Size2(1, 0));
        var level = -(-picture).MaxPool2d(new Size2(1, 3), new Size2(1, 1), new Size2(0, 1));
        return upright - (upright - level).Relu();
    }

    private static Tensor Open(Tensor picture) => Erode(picture).MaxPool2d(3, 1, 1);
}
