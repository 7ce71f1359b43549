using Rhytid.Torch;
using Rhytid.Torch.Distributed;

namespace Rhytid.Training.Losses;

/// <summary>Whether the ratio of sums is taken per image or per batch.</summary>
public enum Pooling
{
    /// <summary>Each image has its own ratio; the loss is their mean.</summary>
    Image,

    /// <summary>One ratio over all pixels of the batch.</summary>
    Batch,
}

/// <summary>
/// Sums and means over the pixels that count, of all processes that train together: what a loss takes from a batch as a
/// whole goes through here, so that it is the loss of the whole batch in every process
/// (<see cref="ProcessGroup.SumForLoss"/>).
/// </summary>
internal static class Reduction
{
    private static readonly long[] OverImage = [1, 2, 3];

    /// <summary>Zero where pixels do not count.</summary>
    public static Tensor KeepScored(Tensor values, Tensor? scored) => scored is null ? values : values * scored;

    /// <summary>The sum of each image of this process (N), or of the whole batch (scalar).</summary>
    public static Tensor Sum(Tensor values, Pooling pooling) =>
        pooling == Pooling.Image ? values.Sum(OverImage) : Sum(values);

    /// <summary>The sum of the whole batch.</summary>
    public static Tensor Sum(Tensor values) => AcrossRanks(values.Sum());

    /// <summary>The sum of each channel of the whole batch (C).</summary>
    public static Tensor SumPerClass(Tensor values) => AcrossRanks(values.Sum([0, 2, 3]));

    /// <summary>The loss of ratios: their mean over all images (N), or the one of the whole batch.</summary>
    public static Tensor MeanOfRatios(Tensor ratios, Pooling pooling) =>
        pooling == Pooling.Image ? Mean(ratios) : ratios;

    /// <summary>Mean of the whole batch.</summary>
    public static Tensor Mean(Tensor values) => ProcessGroup.Current is null
        ? values.Mean()
        : Sum(values) / AcrossRanks(Tensor.Full([], values.Count, device: values.Device));

    /// <summary>Mean over the pixels that count, of all channels.</summary>
    public static Tensor Mean(Tensor values, Tensor? scored)
    {
        if (scored is null)
            return Mean(values);
        // A batch in which nothing counts has no loss, not 0 / 0.
        return Sum(values * scored) / (Sum(scored) * values.Shape[1]).Clamp(1, float.MaxValue);
    }

    /// <summary>The values (N) of all processes, one behind the other; without gradients.</summary>
    public static Tensor All(Tensor values)
    {
        if (ProcessGroup.Current is not { } group)
            return values.Detach();
        var counts = Tensor.Zeros([group.WorldSize], DType.Int64, values.Device);
        counts.Narrow(0, group.Rank, 1).FillInPlace(values.Count);
        group.AllReduce(counts);
        var lengths = counts.To(Device.Cpu).ToArray<long>();
        var all = Tensor.Zeros([lengths.Sum()], values.DType, values.Device);
        all.Narrow(0, lengths.Take(group.Rank).Sum(), values.Count).CopyFrom(values.Detach());
        group.AllReduce(all);
        return all;
    }

    private static Tensor AcrossRanks(Tensor sum) => ProcessGroup.Current?.SumForLoss(sum) ?? sum;
}
