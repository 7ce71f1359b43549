using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Datasets.Preparation;

namespace Rhytid.Training.Losses;

/// <summary>
/// Weighted deep supervision (WDS): a weighted Dice loss of both classes for each of the four heads, full-size first;
/// the weights are 1 for the first head and the weighted wrinkle maps of 2, 4 and 8 pixels for the others. Sums run
/// over the batch.
/// </summary>
/// <param name="weights">Makes the (N, 1, H, W) weight map of a cell size from the target.</param>
public sealed class WeightedDeepSupervision(Func<Tensor, int, Tensor> weights) : ILoss
{
    private const double Epsilon = 1e-6;
    private static readonly int[] CellSizes = [1, 2, 4, 8];

    /// <inheritdoc/>
    public string Name => "wds";

    /// <inheritdoc/>
    public string Description => "weighted Dice of the four heads of `wds-unet`";

    /// <inheritdoc/>
    public string RequiredModel => "wds-unet";

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(target);
        Tensor? total = null;
        // A cell's coverage says nothing about what nobody labelled.
        var labelled = Reduction.KeepScored(target.Values, target.Scored);
        var parts = new Dictionary<string, Tensor>();
        for (var head = 0; head < Math.Min(outputs.Count, CellSizes.Length); head++)
        {
            var weight = CellSizes[head] == 1 ? null : weights(labelled, CellSizes[head]);
            var loss = Dice(outputs[head], target, weight);
            parts[$"dice_loss_{CellSizes[head]}"] = loss;
            total = total is null ? loss : total + loss;
        }
        return new LossValue(
            total ?? throw new ArgumentException(
                "weighted deep supervision needs the outputs of the heads", nameof(outputs)),
            parts);
    }

    /// <summary>The weighted Dice loss of one head.</summary>
    internal static Tensor Dice(Tensor output, LossTarget target, Tensor? weight)
    {
        var counted = weight is null ? target.Scored : Reduction.KeepScored(weight, target.Scored);
        var p = Logits.Wrinkle(output).Sigmoid();
        return 1 - ((Ratio(p, target.Values, counted) + Ratio(1 - p, 1 - target.Values, counted)) * 0.5);
    }

    private static Tensor Ratio(Tensor p, Tensor g, Tensor? weight) =>
        ((Reduction.Sum(Reduction.KeepScored(p * g, weight)) * 2) + Epsilon)
            / (Reduction.Sum(Reduction.KeepScored(p, weight)) + Reduction.Sum(Reduction.KeepScored(g, weight))
                + Epsilon);
}

/// <summary>The weighted wrinkle maps of a batch (WDS).</summary>
internal static class WrinkleWeights
{
    /// <param name="masks">(N, 1, H, W); wrinkles from a half up.</param>
    /// <param name="cell">Side of a cell in pixels.</param>
    /// <returns>(N, 1, H, W), Float32, above 0 and up to 1.</returns>
    public static Tensor Compute(Tensor masks, int cell)
    {
        var (n, h, w) = ((int)masks.Size(0), (int)masks.Size(2), (int)masks.Size(3));
        var wrinkles = masks.ToArray<float>();
        var weights = Tensor.Empty([n, 1, h, w]);
        var values = weights.AsSpan<float>();
        for (var i = 0; i < n; i++)
        {
            var truth = new Mask(w, h);
            for (var j = 0; j < h * w; j++)
                truth.Samples[j] = wrinkles[(i * h * w) + j] >= 0.5f ? Mask.Set : (byte)0;
            WeightedWrinkleMap.Compute(truth, cell).Samples.CopyTo(values.Slice(i * h * w, h * w));
        }
        return weights.To(masks.Device);
    }
}
