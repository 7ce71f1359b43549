using Rhytid.Tests.Shared;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Losses;
using Rhytid.Training.Tests.Runs;

namespace Rhytid.Training.Tests.Batches.Loading;

[Collection(Alone.Name)]
public sealed class BatchLoaderTests
{
    // The next batches are being made then: they must not read files that are closed already.
    [Fact]
    public void Who_stops_in_an_epoch_may_close_the_pack()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = new TemporaryFolder();
            var pack = LineSet.Pack(folder.Path, count: 6);
            var loader = new TrainingBatches(pack, [.. pack.Samples.Select(sample => sample.Id)], size: 1, seed: round);
            foreach (var batch in loader.Epoch(0))
            {
                batch.Dispose();
                break;
            }
            pack.Dispose();
        }
    }
}
