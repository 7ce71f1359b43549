using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>Segmentation of wrinkles by manual masks.</summary>
/// <param name="preprocessing">What the network sees.</param>
/// <param name="softening">
/// Std in pixels of a blur that softens the labels' edges in training, since annotators rarely agree to the pixel; 0
/// disables it.
/// </param>
public sealed class WrinkleObjective(Preprocessing preprocessing, double softening = 0) : IObjective
{
    /// <inheritdoc/>
    public string Id => "wrinkles";

    /// <inheritdoc/>
    public InputsAndTargets Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var masks = batch[Channel.Wrinkles]
            ?? throw new DatasetException($"{string.Join(' ', batch.Ids)}: there is no manual mask to learn from");
        return new InputsAndTargets(
            NetworkInputs.Make(batch, preprocessing),
            new LossTarget(batch is TrainingBatch ? Soften(masks) : masks, batch[Channel.ScoredRegion]));
    }

    /// <inheritdoc/>
    public IMetric CreateMetric() => new WrinkleMetric(preprocessing.Threshold);

    /// <summary>The fraction of pixels that the network calls wrinkle.</summary>
    /// <param name="output">(N, 1 or 2, H, W): logits.</param>
    public IReadOnlyDictionary<string, double> Monitor(Tensor output) => new Dictionary<string, double>
    {
        ["pos_ratio"] = Logits.Wrinkle(output).Greater(0).To(DType.Float32).Mean().ToDouble(),
    };

    // Lines keep their full weight in the middle: one pixel wide, a plain blur would leave them at less than a half.
    private Tensor Soften(Tensor masks)
    {
        if (softening <= 0)
            return masks;
        var radius = (int)Math.Ceiling(3 * softening);
        var blurred = SeparableFilter.Apply(
            masks.To(DType.Float32).PadReflect(radius, radius, radius, radius),
            SeparableFilter.Gaussian(softening, radius));
        return masks + (blurred * (1 - masks));
    }
}
