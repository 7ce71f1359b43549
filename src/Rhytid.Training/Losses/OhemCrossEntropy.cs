using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>
/// Cross entropy of the hard pixels, summed over the heads (OHEM, of face parsing): those whose class has a probability
/// below the threshold, but never fewer than a share of all.
/// </summary>
/// <param name="Threshold">Probability of the true class from which on a pixel is easy.</param>
/// <param name="LeastShare">Share of all scored pixels that always count, the hardest first.</param>
public sealed record OhemCrossEntropy(double Threshold = 0.7, double LeastShare = 1.0 / 16) : ILoss
{
    private static readonly Field[] Keys =
    [
        Field<OhemCrossEntropy>.Number("threshold", "probability of the true class from which on a pixel is easy",
            x => x.Threshold, (x, v) => x with { Threshold = v }, max: 1),
        Field<OhemCrossEntropy>.Number("least-share", "share of all pixels that always count, the hardest first",
            x => x.LeastShare, (x, v) => x with { LeastShare = v }, max: 1),
    ];

    /// <inheritdoc/>
    public string Name => "ohem";

    /// <inheritdoc/>
    public string Description => "cross entropy of the hard pixels, over all heads; for face parsing";

    /// <inheritdoc/>
    public TargetKind Targets => TargetKind.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        var classes = target.Values.To(DType.Int64);
        var total = outputs.Select(output => HeadLoss(output, classes, target.Scored))
            .Aggregate((sum, loss) => sum + loss);
        return LossValue.Create("ohem_loss", total);
    }

    private Tensor HeadLoss(Tensor output, Tensor classes, Tensor? scored)
    {
        // (N H W)
        var losses = Reduction.KeepScored(-WithGroups(output.LogSoftmax(1)).Gather(1, classes), scored).Flatten();
        var all = Reduction.All(losses);
        var counted = scored is null ? all.Count : Reduction.Sum(scored).ToDouble();
        var count = Math.Max(1, (long)(counted * LeastShare));
        var (least, easy) = (all.TopK(count).Min().ToDouble(), -Math.Log(Threshold));
        var hard = Above(losses, Math.Min(least, easy));
        if (least > easy)
            return Reduction.Sum(losses * hard) / Reduction.Sum(hard);
        // The hardest of all, and no more: pixels as hard as the last of them share the places that are left.
        var last = losses.Detach().EqualTo(Tensor.Scalar(least, losses.DType)).To(DType.Float32);
        hard += last * ((count - Reduction.Sum(hard)) / Reduction.Sum(last));
        return Reduction.Sum(losses * hard) * (1.0 / count);
    }

    // Labels that only say "some part of the face" or "none" count the probabilities of all classes that they stand
    // for.
    private static Tensor WithGroups(Tensor logs)
    {
        if (logs.Size(1) != FaceLabels.SomeFacePart)
            return logs;
        var all = Enumerable.Range(0, FaceLabels.SomeFacePart).ToList();
        return Tensor.Cat([logs, Sum(FaceLabels.FacePartClasses), Sum([.. all.Except(FaceLabels.FacePartClasses)])], 1);

        Tensor Sum(IReadOnlyList<int> classes)
        {
            var parts = Tensor.Cat([.. classes.Select(number => logs.Narrow(1, number, 1))], 1);
            return parts.LogSumExp([1], keepDimensions: true);
        }
    }

    private static Tensor Above(Tensor losses, double limit) => losses.Detach().Greater(limit).To(DType.Float32);
}
