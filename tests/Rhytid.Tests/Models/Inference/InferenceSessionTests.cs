using System.Diagnostics;
using Rhytid.Models;
using Rhytid.Torch;

namespace Rhytid.Tests.Models.Inference;

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
        using var session = new InferenceSession(Formula("unet", new ModelOptions { Width = 32 }), new InferenceSettings { Precision = precision, FastConvolutions = fast });
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
        using var session = new InferenceSession(Formula(model, options), new InferenceSettings { Precision = Precision.F32 });
        var image = GoldenWeights.Input(1, 3, 128, 64);
        var expected = plain.Forward(image).Detach();
        var error = (session.Run(image) - expected).Abs().Max().ToDouble() / expected.Abs().Max().ToDouble();
        Assert.InRange(error, 0, 1e-4);
    }

    [Fact]
    public void Tiles_give_the_same_result_away_from_their_seams()
    {
        using var scope = TensorScope.Begin();
        // The field of view of this network reaches 94 pixels each way, so an overlap of 192 hides every seam.
        using var whole = new InferenceSession(Formula("unet", new ModelOptions { Width = 16 }), new InferenceSettings { TileSize = 1024, TileOverlap = 0 });
        using var tiled = new InferenceSession(Formula("unet", new ModelOptions { Width = 16 }), new InferenceSettings { TileSize = 320, TileOverlap = 192 });
        var image = GoldenWeights.Input(1, 3, 512, 448);
        var difference = (whole.Run(image) - tiled.Run(image)).Abs();
        // Bilinear enlargement with aligned corners depends on the map's size: tiles differ from the whole by that everywhere.
        Assert.InRange(difference.Mean().ToDouble(), 0, 0.2);
        Assert.Equal([1, 1, 512, 448], tiled.Run(image).Shape);
    }

    [Fact]
    public void Tiles_of_a_local_computation_are_exactly_the_whole()
    {
        using var scope = TensorScope.Begin();
        var image = GoldenWeights.Input(1, 2, 301, 207);
        static Tensor Blur(Tensor part) => Operator.Get("aten::avg_pool2d").Call(part, new long[] { 9, 9 }, new long[] { 1, 1 }, new long[] { 4, 4 });
        Assert.Equal(Blur(image).ToArray<float>(), Tiles.Run(image, tile: 64, overlap: 16, outChannels: 2, Blur).ToArray<float>());
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
