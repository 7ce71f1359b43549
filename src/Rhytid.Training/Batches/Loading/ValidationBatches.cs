using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Batches.Loading;

/// <summary>Batches to measure by: always in the same order, never changed.</summary>
/// <param name="data">The packed set; not disposed with the loader.</param>
/// <param name="ids">The samples of this part.</param>
/// <param name="size">Samples of a batch; the last one may have fewer.</param>
public sealed class ValidationBatches(PackedDataset data, IReadOnlyList<string> ids, int size)
    : BatchLoader<ValidationBatch>(data, ids, size)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> OrderOf(IReadOnlyList<string> ids, int epoch) => ids;

    /// <inheritdoc/>
    protected override ValidationBatch Make(IReadOnlyList<PackedSample> samples, int epoch) => new()
    {
        Ids = [.. samples.Select(sample => sample.Id)],
        // Scores are those of thin masks, also where the network learns fractions of pixels.
        Maps = Stack(samples, DType.Float32).Map((channel, map) =>
            channel.Info().Values == ChannelValues.Line ? map.Greater(0.499).To(DType.Float32) : map),
    };
}
