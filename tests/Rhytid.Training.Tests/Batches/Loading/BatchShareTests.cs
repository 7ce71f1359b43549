using Rhytid.Tests.Shared;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Runs;

namespace Rhytid.Training.Tests.Batches.Loading;

[Collection(Alone.Name)]
public sealed class BatchShareTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly PackedDataset _data;

    public BatchShareTests() => _data = LineSet.Pack(_folder.Path, count: 9);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Shares_of_a_batch_are_the_batch()
    {
        string[] batch = ["a", "b", "c", "d", "e"];
        Assert.Equal(batch, default(BatchShare).Take(batch));
        Assert.Equal(batch, Enumerable.Range(0, 3).SelectMany(rank => new BatchShare(rank, 2).Take(batch)));
        Assert.Equal(["a"], new BatchShare(0, 2).Take(batch));
        Assert.Equal(batch, new BatchShare(5, 5).Take(batch));
        Assert.Contains(
            "3 processes cannot share batches of 2 samples",
            Assert.Throws<DatasetException>(
                () => new TrainingBatches(_data, ["00000"], 2, 0, share: new BatchShare(0, 2))).Message,
            StringComparison.Ordinal);
    }
}
