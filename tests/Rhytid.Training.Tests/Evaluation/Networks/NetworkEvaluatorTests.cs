using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Tests.Datasets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Evaluation.Networks;

public sealed class NetworkEvaluatorTests : IDisposable
{
    private const int Side = 32;
    private const int Photos = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, 1, false, Side)]
    [InlineData(3, 2, true, Side)]
    [InlineData(4, 1, true, Side)]
    [InlineData(3, 1, true, 2 * Side)]
    public void Scores_are_those_of_the_masks_and_maps_that_the_network_would_write(
        int channels, int outChannels, bool masked, int networkSize)
    {
        var dataset = Dataset();
        var preprocessing = Preprocessing.Moon(channels, masked) with { Size = networkSize };
        using var network = TinyNetwork.Create(
            preprocessing with { Threshold = MiddleOf(preprocessing, outChannels, dataset) }, outChannels);
        foreach (var sample in dataset.Labelled)
        {
            var skin = ImageEncoding.LoadMask(sample[Channel.Skin]!);
            var map = network.Segment(FaceImage.FromAligned(SampleFiles.LoadPhoto(sample)), skin);
            TestDataset.Write(map.ToMask().Pixels, _folder["predicted"], $"{sample.Id}.mask.png");
            Gray16Png.Write(map.Values, _folder[$"predicted/{sample.Id}.map.png"]);
        }
        var options = new EvaluationOptions { CenterLine = true, Maps = _folder["predicted"] };

        var byMasks = MaskEvaluator.Run(dataset, _folder["predicted"], options);
        var byNetwork = NetworkEvaluator.Run(
            EvaluationSet.From(dataset), network,
            new NetworkEvaluationOptions { Scores = options with { Maps = null }, SkinOnly = true });

        Assert.Equal(Photos - 1, byNetwork.Images.Count);
        Assert.Equal(byMasks.EmptyTruth, byNetwork.EmptyTruth);
        Assert.Empty(byNetwork.Failed);
        Assert.Equal(
            byMasks.Images.Select(image => (image.Id, image.Counts.Pixels, image.Counts.CenterLine)),
            byNetwork.Images.Select(image => (image.Id, image.Counts.Pixels, image.Counts.CenterLine)));
        Assert.All(
            byNetwork.Images,
            image =>
                Assert.InRange(
                    image.Counts.Pixels.TruePositives + image.Counts.Pixels.FalsePositives, 1,
                    image.Counts.Pixels.Total - 1));
        Assert.Equal(ScoreTable.Compute(byMasks, resamples: 20), ScoreTable.Compute(byNetwork, resamples: 20));
        Assert.Equal(byMasks.PooledMap!.Positives.ToArray(), byNetwork.PooledMap!.Positives.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pack_gives_what_its_folder_gives(bool skinOnly)
    {
        var dataset = Dataset();
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
    public void A_threshold_of_ones_own_and_overlays()
    {
        using var network = TinyNetwork.Create(Preprocessing.Moon(3, masked: false) with { Size = Side });

        var all = NetworkEvaluator.Run(
            EvaluationSet.From(Dataset()), network,
            new NetworkEvaluationOptions
            {
                Threshold = 0,
                Scores = new EvaluationOptions { Overlays = _folder["new/overlays"] }
            });

        Assert.All(all.Images, image => Assert.Equal(0, image.Counts.Pixels.FalseNegatives));
        Assert.Equal(Photos - 1, Directory.GetFiles(_folder["new/overlays"], "*.overlay.jpg").Length);
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

    [Fact]
    public void One_photo_that_cannot_be_read_is_named_and_the_rest_is_scored()
    {
        var dataset = Dataset();
        File.WriteAllText(_folder["set/images/00001.png"], "no picture");
        TestDataset.Write(TestDataset.Photo(9, Side + 8), _folder["set"], "images", "00002.png");
        using var network = TinyNetwork.Create(Preprocessing.Moon(3, masked: false) with { Size = Side });

        var evaluation = NetworkEvaluator.Run(EvaluationSet.From(dataset), network);

        Assert.Equal(["00001", "00002"], evaluation.Failed.Select(failure => failure.Id));
        Assert.Contains("do not fit together", evaluation.Failed[1].Reason, StringComparison.Ordinal);
        Assert.Equal(Photos - 3, evaluation.Images.Count);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var network = TinyNetwork.Create(Preprocessing.Moon(3, masked: false) with { Size = Side });
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(
            () => NetworkEvaluator.Run(
                EvaluationSet.From(Dataset()), network, progress: _ => stop.Cancel(), cancellationToken: stop.Token));
    }

    // Half of the skin's probabilities lie above it: a mask of weights that were never trained is neither empty nor
    // full.
    private static double MiddleOf(Preprocessing preprocessing, int outChannels, WrinkleDataset dataset)
    {
        using var network = TinyNetwork.Create(preprocessing, outChannels);
        var skin = ImageEncoding.LoadMask(dataset.Samples[0][Channel.Skin]!);
        var values =
            network.Segment(
                FaceImage.FromAligned(SampleFiles.LoadPhoto(dataset.Samples[0])),
                skin).Values.Samples.ToArray().Where(value => value > 0).Order().ToList();
        return values[values.Count / 2];
    }

    private static string Problem(EvaluationSet set, Segmentation.Networks.NetworkSegmenter network) =>
        Assert.Throws<DatasetException>(() => NetworkEvaluator.Run(set, network)).Message;

    private PackedDataset Pack(WrinkleDataset dataset)
    {
        new PackedDatasetWriter(dataset, new PackOptions { Size = Side }).Write(_folder["pack"], dataset.Samples);
        return PackedDataset.Open(_folder["pack"]);
    }

    // The last photo has no wrinkle; the left half of every photo is skin; the first column does not count.
    private WrinkleDataset Dataset()
    {
        TestDataset.WritePlain(_folder["set"], Photos, Side);
        TestDataset.Write(new Mask(Side, Side), _folder["set"], "masks", $"{Photos - 1:D5}.png");
        var (skin, scored) = (new Mask(Side, Side), Mask.Full(Side, Side));
        for (var y = 0; y < Side; y++)
        {
            skin.Row(y)[..(Side / 2)].Fill(Mask.Set);
            scored.Row(y)[0] = 0;
        }
        for (var i = 0; i < Photos; i++)
        {
            TestDataset.Write(skin, _folder["set"], "skin_masks", $"{i:D5}.png");
            TestDataset.Write(scored, _folder["set"], "scored_regions", $"{i:D5}.png");
        }
        return WrinkleDataset.Open(_folder["set"]);
    }
}
