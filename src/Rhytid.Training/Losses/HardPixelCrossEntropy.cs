using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// Cross entropy of the hard pixels, summed over the heads (SPEC 1.9, face parsing): those whose class has a probability below the
/// threshold, but never fewer than a share of all.
/// </summary>
/// <param name="threshold">Probability of the true class from which on a pixel is easy.</param>
/// <param name="leastShare">Share of all scored pixels that always count, the hardest first.</param>
public sealed class HardPixelCrossEntropy(double threshold = 0.7, double leastShare = 1.0 / 16) : ILoss
{
    /// <inheritdoc/>
    public string Name => "ohem";

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var classes = target.Values.To(DType.Int64);
        var total = outputs.Select(output => HeadLoss(output, classes, target.Scored)).Aggregate((sum, loss) => sum + loss);
        return LossValue.Of("ohem_loss", total);
    }

    private Tensor HeadLoss(Tensor output, Tensor classes, Tensor? scored)
    {
        var losses = Reduction.KeepScored(-output.LogSoftmax(1).Gather(1, classes), scored).Flatten(); // (N H W)
        var all = Reduction.All(losses);
        var counted = scored is null ? all.Count : Reduction.Sum(scored).ToDouble();
        var least = all.TopK(Math.Max(1, (long)(counted * leastShare))).Min().ToDouble();
        var easy = -Math.Log(threshold);
        // Above the threshold; where those are too few, the hardest of all, the last of them included.
        var hard = losses.Detach().Greater(least > easy ? easy : MathF.BitDecrement((float)least)).To(DType.Float32);
        return Reduction.Sum(losses * hard) / Reduction.Sum(hard).Clamp(1, float.MaxValue);
    }
}
