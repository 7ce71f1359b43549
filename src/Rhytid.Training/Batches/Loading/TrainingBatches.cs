using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Batches.Loading;

/// <summary>
/// Batches to learn from: shuffled and augmented; order and augmentation follow from seed, epoch and ids alone.
/// </summary>
/// <param name="data">The packed set; not disposed with the loader.</param>
/// <param name="ids">The samples of this part.</param>
/// <param name="size">Samples of a batch; the last one of an epoch may have fewer.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="augmenter">Changes the pictures; null leaves them.</param>
/// <param name="patches">Cuts patches out of the augmented pictures; null keeps them whole.</param>
/// <param name="patchesPerSample">How many patches of each sample.</param>
/// <param name="share">The part of each batch that this process makes.</param>
public sealed class TrainingBatches(
    PackedDataset data, IReadOnlyList<string> ids, int size, int seed, Augmenter? augmenter = null,
    PatchSampler? patches = null, int patchesPerSample = 1, BatchShare share = default)
    : BatchLoader<TrainingBatch>(data, ids, size, share)
{
    /// <inheritdoc/>
    // Primes keep neighbouring seeds and epochs apart.
    protected override IReadOnlyList<string> OrderOf(IReadOnlyList<string> ids, int epoch) =>
        [.. SeededOrder.Shuffle(ids, unchecked((seed * 1_000_003) + epoch), id => id)];

    /// <inheritdoc/>
    protected override TrainingBatch Make(IReadOnlyList<PackedSample> samples, int epoch)
    {
        using var scope = TensorScope.Begin();
        // As bytes, a quarter of the memory, until a patch is drawn.
        var batch = new TrainingBatch
        {
            Ids = [.. samples.Select(sample => sample.Id)],
            Maps = Stack(samples, DType.UInt8),
        };
        return (augmenter ?? Augmenter.Nothing).Apply(batch, epoch, patches, patchesPerSample).Map(scope.MoveOut);
    }
}
