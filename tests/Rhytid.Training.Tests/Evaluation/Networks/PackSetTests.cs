using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Tests.Datasets;
using Rhytid.Training.Tests.Datasets.Sets;
using static Rhytid.Training.Tests.Evaluation.Networks.NetworkEvaluationCases;

namespace Rhytid.Training.Tests.Evaluation.Networks;

public sealed class PackSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pack_gives_what_its_folder_gives(bool skinOnly)
    {
        var dataset = Dataset(_folder);
        using var pack = Pack(dataset);
        var preprocessing = Preprocessing.Moon(3, masked: true) with { Size = Side };
        using var network = TinyNetwork.Create(preprocessing);
        var options = new NetworkEvaluationOptions
        {
            SkinOnly = skinOnly,
            Threshold = MiddleOf(preprocessing, 1, dataset)
        };

        var ofFolder = NetworkEvaluator.Run(EvaluationSet.From(dataset), network, options);
        var ofPack = NetworkEvaluator.Run(EvaluationSet.From(pack), network, options);
        var everywhere = NetworkEvaluator.Run(EvaluationSet.From(pack), network, options with { Threshold = 0 });
        var ofPart = NetworkEvaluator.Run(EvaluationSet.From(pack, ["00002", "00001", "nobody"]), network, options);

        Assert.Equal(
            ofFolder.Images.Select(image => (image.Id, image.Counts.Pixels)),
            ofPack.Images.Select(image => (image.Id, image.Counts.Pixels)));
        Assert.Equal(ofFolder.PooledMap!.Auc, ofPack.PooledMap!.Auc, 6);
        Assert.Equal(ofFolder.EmptyTruth, ofPack.EmptyTruth);
        Assert.Equal(["00001", "00002"], ofPart.Images.Select(image => image.Id));
        Assert.All(
            everywhere.Images,
            image =>
                Assert.Equal(
                    Side * ((skinOnly ? Side / 2 : Side) - 1),
                    image.Counts.Pixels.TruePositives + image.Counts.Pixels.FalsePositives));
    }

    [Fact]
    public void What_the_network_needs_and_the_set_lacks_is_told_before_anything_runs()
    {
        TestDataset.WritePlain(_folder["bare"], 2, Side);
        var bare = WrinkleDataset.Open(_folder["bare"]);
        using var pack = Pack(bare);
        using var masked = TinyNetwork.Create(Preprocessing.Moon(3, masked: true) with { Size = Side });
        using var larger = TinyNetwork.Create(Preprocessing.Moon(3, masked: false) with { Size = 64 });
        using var texture = TinyNetwork.Create(Preprocessing.Moon(4, masked: false) with { Size = Side });

        Assert.Contains("rhytid data prepare", Problem(EvaluationSet.From(bare), masked), StringComparison.Ordinal);
        Assert.Contains("rhytid data prepare", Problem(EvaluationSet.From(pack), masked), StringComparison.Ordinal);
        Assert.Contains("pack again with --size 64", Problem(EvaluationSet.From(pack), larger), StringComparison.Ordinal);
        Assert.Contains("rhytid data weak-labels", Problem(EvaluationSet.From(pack), texture), StringComparison.Ordinal);
    }

    private static string Problem(EvaluationSet set, Segmentation.Networks.NetworkSegmenter network) =>
        Assert.Throws<DatasetException>(() => NetworkEvaluator.Run(set, network)).Message;

    private PackedDataset Pack(WrinkleDataset dataset)
    {
        new PackedDatasetWriter(dataset, new PackOptions { Size = Side }).Write(_folder["pack"], dataset.Samples);
        return PackedDataset.Open(_folder["pack"]);
    }
}
