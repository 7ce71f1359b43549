using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Networks;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Packing;

/// <summary>A network sees in training what it sees in use.</summary>
public sealed class PackAndInferenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The photo goes through preparation (skin is found in it) and a pack on one side, through segment --whole on the
    // other.
    [Theory]
    [InlineData(1024, 96, true, false)]
    [InlineData(1024, 96, false, false)]
    [InlineData(500, 96, true, false)]
    [InlineData(500, 96, false, true)]
    [InlineData(256, 256, true, false)]
    [InlineData(128, 160, true, true)]
    public void A_packed_sample_is_what_inference_sees(int photo, int size, bool masked, bool wholeTexture)
    {
        var portrait = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 4, Size = photo, Age = 70 });
        TestDataset.Write(portrait.Image, _folder.Path, "set", "images", "00004.png");
        TestDataset.Write(portrait.WrinkleMask, _folder.Path, "set", "masks", "00004.png");
        using var finder = new PhotoSkinFinder();
        var preparation = new DatasetPreparation(
            WrinkleDataset.Open(_folder["set"]), _folder["prepared"], parser: null, finder, whole: true);
        foreach (var step in preparation.Steps())
            Assert.Empty(FileJobs.Run(step.Jobs, Shard.Whole, threads: 1).Failed);
        var prepared = preparation.Open();
        new PackedDatasetWriter(prepared, new PackOptions { Size = size, Threads = 1 }).Write(
            _folder["pack"], prepared.Samples);
        var preprocessing = Preprocessing.Moon(4, masked) with { Size = size, WholeTexture = wholeTexture };

        using var scope = TensorScope.Begin();
        using var pack = PackedDataset.Open(_folder["pack"]);
        var batch = new ValidationBatches(pack, ["00004"], 1).Epoch(0).Single();
        var trained = NetworkInputs.Make(batch, preprocessing);
        var spy = new Spy(preprocessing);
        using var segmenter = WrinkleSegmenter.Load(new WrinkleSegmenterOptions { Method = spy });
        segmenter.Segment(Image.Load(prepared.Samples[0][Channel.Photo]!), new SegmentOptions { Whole = true });

        Assert.Equal([1, 4, size, size], spy.Shape);
        Assert.True(trained.ToArray<float>().Distinct().Count() > 100);
        Assert.Equal(trained.ToArray<float>(), spy.Input, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    private sealed class Spy(Preprocessing preprocessing) : IWrinkleSegmenter
    {
        public string Name => "spy";

        public float[] Input { get; private set; } = [];

        public long[] Shape { get; private set; } = [];

        public WrinkleMap Segment(Faces.FaceImage face, Mask skin, CancellationToken cancellationToken = default)
        {
            using var scope = TensorScope.Begin(cancellationToken);
            var input = NetworkInput.Make(face, skin, preprocessing);
            var tensor = Tensor.From(input.Pixels, 1, input.Height, input.Width, input.Channels).Permute(0, 3, 1, 2);
            (Input, Shape) = (tensor.ToArray<float>(), tensor.Shape);
            return new WrinkleMap(new Plane<float>(face.Width, face.Height), 0.5f);
        }
    }
}
