using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Tests.Datasets;
using Rhytid.Training.Tests.Datasets.Sets;
using static Rhytid.Training.Tests.Evaluation.Networks.NetworkEvaluationCases;

namespace Rhytid.Training.Tests.Evaluation.Networks;

public sealed class NetworkEvaluatorTests : IDisposable
{
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
        var dataset = Dataset(_folder);
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

    [Fact]
    public void A_threshold_of_ones_own_and_overlays()
    {
        using var network = TinyNetwork.Create(Preprocessing.Moon(3, masked: false) with { Size = Side });

        var all = NetworkEvaluator.Run(
            EvaluationSet.From(Dataset(_folder)), network,
            new NetworkEvaluationOptions
            {
                Threshold = 0,
                Scores = new EvaluationOptions { Overlays = _folder["new/overlays"] }
            });

        Assert.All(all.Images, image => Assert.Equal(0, image.Counts.Pixels.FalseNegatives));
        Assert.Equal(Photos - 1, Directory.GetFiles(_folder["new/overlays"], "*.overlay.jpg").Length);
    }

    [Fact]
    public void One_photo_that_cannot_be_read_is_named_and_the_rest_is_scored()
    {
        var dataset = Dataset(_folder);
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
                EvaluationSet.From(Dataset(_folder)), network, progress: _ => stop.Cancel(), cancellationToken: stop.Token));
    }
}
