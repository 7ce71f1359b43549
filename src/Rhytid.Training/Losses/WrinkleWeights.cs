using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Preparation;

namespace Rhytid.Training.Losses;

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
