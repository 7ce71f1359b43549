using Rhytid.Torch;

namespace Rhytid.Training.Batches;

/// <summary>Samples to learn from: the only kind that an <see cref="Augmentation.Augmenter"/> takes.</summary>
public sealed record TrainingBatch : WrinkleBatch
{
    /// <summary>The same samples, every tensor made anew; null stays null.</summary>
    internal TrainingBatch Map(Func<Tensor, Tensor> change)
    {
        Tensor? Change(Tensor? tensor) => tensor is null ? null : change(tensor);

        return this with
        {
            Photo = change(Photo),
            Texture = Change(Texture),
            Mask = Change(Mask),
            Scored = Change(Scored),
            Skin = Change(Skin),
            Labels = Change(Labels)
        };
    }
}
