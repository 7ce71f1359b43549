using Rhytid.Tests.Shared;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Tests.Runs;

namespace Rhytid.Training.Tests.Batches.Loading;

[Collection(Alone.Name)]
public sealed class TrainingBatchesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly PackedDataset _data;

    public TrainingBatchesTests() => _data = LineSet.Pack(_folder.Path, count: 10);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Batches_depend_on_seed_and_epoch_alone()
    {
        var loader = new TrainingBatches(_data, [.. _data.Samples.Select(sample => sample.Id)], size: 3, seed: 5);
        List<string> Order(int epoch, int first = 0)
        {
            var ids = new List<string>();
            foreach (var batch in loader.Epoch(epoch, first))
            {
                ids.AddRange(batch.Ids);
                batch.Dispose();
            }
            return ids;
        }

        Assert.Equal(Order(2), Order(2));
        Assert.NotEqual(Order(2), Order(3));
        Assert.Equal(Order(2)[6..], Order(2, first: 2));
        Assert.Equal(
            _data.Samples.Select(sample => sample.Id).Order(StringComparer.Ordinal),
            Order(1).Order(StringComparer.Ordinal));
    }
}
