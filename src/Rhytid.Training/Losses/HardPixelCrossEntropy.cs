using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// Cross entropy of the hard pixels, summed over the heads (SPEC 1.9, face parsing): those whose class has a probability below the
/// threshold, but never fewer than a share of all.
/// </summary>
/// <param name="threshold">Probability of the true class from which on a pixel is easy.</param>
/// <param name="leastShare">Share of all pixels that always count, the hardest first.</param>
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
        var least = Math.Max(1, (long)(losses.Count * leastShare));
        // The limit is the threshold, or lower where that would leave too few pixels.
        var limit = Math.Min(-Math.Log(threshold), losses.Detach().TopK(least).Min().ToDouble());
        var hard = losses.Detach().Greater(limit - 1e-12).To(DType.Float32);
        return (losses * hard).Sum() / hard.Sum().Clamp(1, float.MaxValue);
    }
}
