using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>To find wrinkles, as people drew them.</summary>
/// <param name="preprocessing">What the network sees.</param>
/// <param name="softening">
/// Deviation in pixels of a blur that softens the labels' edges in training: two annotators rarely agree to the pixel.
/// 0 leaves them.
/// </param>
public sealed class WrinkleObjective(Preprocessing preprocessing, double softening = 0) : IObjective
{
    /// <inheritdoc/>
    public string Id => "wrinkles";

    /// <inheritdoc/>
    public Lesson Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var masks = batch.Mask
            ?? throw new DatasetException($"{string.Join(' ', batch.Ids)}: there is no manual mask to learn from");
        return new Lesson(
            NetworkInputs.Make(batch, preprocessing),
            new LossTarget(batch is TrainingBatch ? Soften(masks) : masks, batch.Scored));
    }

    /// <inheritdoc/>
    public IScoreKeeper BeginScores() => new WrinkleScores(preprocessing.Threshold);

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
