using System.Diagnostics;
using Rhytid.Torch;

namespace Rhytid.Models.Tests.Inference;

[Collection(ModelTests.OneAtATime)]
public class InferenceSessionTests
{
    private static readonly ModelOptions Small = new() { Width = 32 };

    [Theory]
    [InlineData(64, 64)]
    [InlineData(61, 83)]
    [InlineData(16, 16)]
    [InlineData(9, 40)]
    public void Takes_images_of_any_size(int height, int width)
    {
        using var session = new InferenceSession(ModelCatalog.Create("unet", Small));
        using var image = Tensor.Randn([2, 3, height, width]);
        using var logits = session.Run(image);
        Assert.Equal([2, 1, height, width], logits.Shape);
    }

    [Theory]
    [InlineData(Precision.F32, true, 1e-4)]
    [InlineData(Precision.F32, false, 1e-4)]
    [InlineData(Precision.Bf16, true, 0.05)]
    public void Probabilities_are_those_of_the_plain_network(Precision precision, bool fast, double bound)
    {
        using var scope = TensorScope.Begin();
        using var plain = Formula("unet", new ModelOptions { Width = 32 });
        using var session = new InferenceSession(
            Formula("unet", new ModelOptions { Width = 32 }),
            new InferenceSettings { Precision = precision, FastConvolutions = fast });
        var image = GoldenWeights.Input(1, 3, 96, 80);
        var expected = Operator.Get("aten::sigmoid").Call(plain.Forward(image));
        var result = Operator.Get("aten::sigmoid").Call(session.Run(image));
        Assert.InRange((result - expected).Abs().Max().ToDouble(), 0, bound);
    }

    [Theory]
    [InlineData("unetpp-resnet50", 64)]
    [InlineData("swin-unetr", 48)]
    [InlineData("wds-unet", 32)]
    [InlineData("bisenet", 64)]
    public void Wide_networks_whose_convolutions_take_the_fast_way_compute_the_same(string model, int width)
    {
        using var scope = TensorScope.Begin();
        var options = new ModelOptions { Width = width, OutChannels = 2 };
        using var plain = Formula(model, options);
        using var session = new InferenceSession(
            Formula(model, options), new InferenceSettings { Precision = Precision.F32 });
        var image = GoldenWeights.Input(1, 3, 128, 64);
        var expected = plain.Forward(image).Detach();
        var error = (session.Run(image) - expected).Abs().Max().ToDouble() / expected.Abs().Max().ToDouble();
        Assert.InRange(error, 0, 1e-4);
    }

    [Theory]
    [InlineData("unet", 576, 512, 832)]
    [InlineData("unet-transpose", 576, 512, 832)]
    [InlineData("wds-unet", 576, 512, 832)]
    [InlineData("resnet34-unet", 1088, 1024, 1344)]
    public void Tiles_give_the_same_result_as_the_whole(string model, int tile, int overlap, int height)
    {
        using var scope = TensorScope.Begin();
        var options = new ModelOptions { Width = 16 };
        using var whole = new InferenceSession(
            Formula(model, options), new InferenceSettings { Precision = Precision.F32 });
        using var tiled = new InferenceSession(
            Formula(model, options),
            new InferenceSettings { Precision = Precision.F32, TileSize = tile, TileOverlap = overlap });
        var image = GoldenWeights.Input(1, 3, height, 256);
        var expected = whole.Run(image);
        var difference = (expected - tiled.Run(image)).Abs().Max().ToDouble() / expected.Abs().Max().ToDouble();
        Assert.InRange(difference, 0, 1e-4);
    }

    [Theory]
    [InlineData(1000, 300, 64, 16)]
    [InlineData(2048, 1024, 256, 64)]
    [InlineData(1040, 1024, 0, 16)]
    public void Tiles_cover_an_axis_once_and_overlap_enough(int size, int tile, int overlap, int multiple)
    {
        size = size / multiple * multiple;
        tile = tile / multiple * multiple;
        var cut = Tiles.Cut(size, tile, overlap, multiple);
        Assert.Equal(0, cut[0].KeepStart);
        Assert.Equal(size, cut[^1].KeepStart + cut[^1].KeepLength);
        for (var i = 0; i < cut.Count; i++)
        {
            Assert.Equal(0, cut[i].Start % multiple);
            Assert.InRange(cut[i].Start + cut[i].Length, 0, size);
            if (i == 0)
                continue;
            Assert.Equal(cut[i - 1].KeepStart + cut[i - 1].KeepLength, cut[i].KeepStart);
            Assert.True(cut[i - 1].Start + tile - cut[i].Start >= overlap);
            Assert.True(
                cut[i].KeepStart - cut[i].Start >= overlap / 2
                    && cut[i - 1].Start + tile - cut[i].KeepStart >= overlap / 2);
        }
    }

    [Fact]
    public void Tiles_of_a_local_computation_are_exactly_the_whole()
    {
        using var scope = TensorScope.Begin();
        var image = GoldenWeights.Input(1, 2, 301, 207);
        static Tensor Blur(Tensor part) =>
            Operator.Get("aten::avg_pool2d").Call(part, new long[] { 9, 9 }, new long[] { 1, 1 }, new long[] { 4, 4 });
        Assert.Equal(
            Blur(image).ToArray<float>(),
            Tiles.Run(image, tile: 64, overlap: 16, multiple: 1, outChannels: 2, Blur).ToArray<float>());
    }

    [Fact]
    public void Many_threads_may_use_one_session()
    {
        using var session = new InferenceSession(Formula("unet", Small));
        using var image = GoldenWeights.Input(1, 3, 64, 64);
        using var first = session.Run(image);
        var expected = first.ToArray<float>();
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var logits = session.Run(image);
            Assert.Equal(expected, logits.ToArray<float>());
        });
    }

    [Fact]
    public void Cancellation_is_seen_between_layers()
    {
        using var session = new InferenceSession(ModelCatalog.Create("unet"));
        using var image = Tensor.Zeros([1, 3, 512, 512]);
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(50);
        var start = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            // A fast machine may finish one pass; it cannot finish a hundred.
            for (var i = 0; i < 100; i++)
                session.Run(image, cancellation.Token).Dispose();
        });
        // No timing test: only that it did not run to the end.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        session.Run(image[.., .., ..32, ..32]).Dispose();
    }

    private static Network Formula(string model, ModelOptions options)
    {
        var network = ModelCatalog.Create(model, options);
        GoldenWeights.Fill(network);
        return network;
    }
}
