using Rhytid.Inference;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests;

/// <summary>Architectures in managed code against libtorch.</summary>
public sealed class InferenceNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("resnet18-fine", 3, 19, 64, 64, 64)]
    [InlineData("resnet18-fine", 4, 1, 64, 96, 50)] // filled up at the right
    [InlineData("resnet18-fine", 4, 2, 64, 33, 80)]
    [InlineData("unet", 4, 1, 32, 64, 48)]
    [InlineData("unet", 3, 2, 16, 47, 61)] // odd at every halving
    [InlineData("unet", 3, 1, 5, 16, 9)] // filled up to the least size
    [InlineData("wds-unet", 4, 2, 8, 40, 90)]
    public void Equals_libtorch(string model, int inChannels, int outChannels, int width, int height, int columns)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(7);
        using var network = ModelCatalog.Create(
            model, new ModelOptions { InChannels = inChannels, OutChannels = outChannels, Width = width });
        Unsettle(network);
        var path = _folder["network.safetensors"];
        new ModelFile(model, network, Preprocessing.Moon(inChannels, masked: false), new Dictionary<string, string>())
            .Save(path);
        using var managed = NetworkFile.Load(path);
        var input = Tensor.Rand([1, inChannels, height, columns]) * 2 - 1;
        using var session = new InferenceSession(network, new InferenceSettings { Precision = Precision.F32 });
        var expected = session.Run(input).Permute(0, 2, 3, 1).Contiguous().ToArray<float>();
        var actual = new float[height * columns * outChannels];
        managed.Network.Run(input.Permute(0, 2, 3, 1).Contiguous().AsSpan<float>(), height, columns, actual);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4 * largest);
    }

    [Fact]
    public async Task Threads_and_neighbours_do_not_change_a_byte()
    {
        using var network = Untrained();
        using var alone = ResNetFineNetwork.Create(Weights(network), 4, threads: 1);
        using var shared = ResNetFineNetwork.Create(Weights(network), 4, threads: 3);
        var random = new Random(1);
        var images = new[] { (64, 64), (48, 112), (100, 37) }
            .Select(size => (Height: size.Item1, Width: size.Item2, Pixels: Pixels(random, size.Item1 * size.Item2 * 4)))
            .ToArray();
        var expected = images.Select(image => Run(alone, image)).ToArray();

        var runs = Enumerable.Range(0, 24).Select(
            i => Task.Run(() => (Number: i % 3, Output: Run(i % 2 == 0 ? shared : alone, images[i % 3]))));

        foreach (var (number, output) in await Task.WhenAll(runs))
            Assert.Equal(expected[number], output);

        static float[] Run(InferenceNetwork network, (int Height, int Width, float[] Pixels) image)
        {
            var output = new float[image.Height * image.Width];
            network.Run(image.Pixels, image.Height, image.Width, output);
            return output;
        }
    }

    [Theory]
    [InlineData("resnet18-fine", 1)]
    [InlineData("resnet18-fine", 2)]
    [InlineData("unet", 2)]
    public void After_the_first_image_of_a_size_nothing_is_allocated(string model, int threads)
    {
        using var scope = TensorScope.Begin();
        using var network = ModelCatalog.Create(
            model, new ModelOptions { InChannels = 4, OutChannels = 1, Width = model == "unet" ? 32 : 64 });
        using var managed = model == "unet"
            ? UnetNetwork.Create(Weights(network), 4, "outc.conv", threads)
            : ResNetFineNetwork.Create(Weights(network), 4, threads);
        (int Height, int Width)[] sizes = [(64, 64), (80, 48), (33, 70)];
        var images = sizes
            .Select(size => (size.Height, size.Width, Pixels: new float[size.Height * size.Width * 4],
                Output: new float[size.Height * size.Width]))
            .ToArray();
        Run(times: 2);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(times: 10);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (var i = 0; i < times * images.Length; i++)
            {
                var image = images[i % images.Length];
                managed.Run(image.Pixels, image.Height, image.Width, image.Output);
            }
        }
    }

    [Fact]
    public void A_run_is_cancelled_and_the_next_one_is_right()
    {
        using var scope = TensorScope.Begin();
        using var network = Untrained();
        using var managed = ResNetFineNetwork.Create(Weights(network), 4, threads: 2);
        var (pixels, before, after) = (Pixels(new Random(2), 64 * 64 * 4), new float[64 * 64], new float[64 * 64]);
        managed.Run(pixels, 64, 64, before);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => managed.Run(pixels, 64, 64, after, stop.Token));

        managed.Run(pixels, 64, 64, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var scope = TensorScope.Begin();
        using var network = Untrained();
        using var managed = ResNetFineNetwork.Create(Weights(network), 4);

        Assert.Throws<ArgumentException>(() => managed.Run(new float[10], 2, 2, new float[4]));
        Assert.Throws<ArgumentException>(() => managed.Run(new float[16], 2, 2, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => managed.Run([], 0, 2, []));
        Assert.Throws<InvalidDataException>(() => ResNetFineNetwork.Create(Weights(network), 3));
        Assert.Throws<InvalidDataException>(() => ResNetFineNetwork.Create(new NetworkWeights([]), 4));
    }

    private static Network Untrained()
    {
        TorchRuntime.Seed(7);
        return ModelCatalog.Create("resnet18-fine", new ModelOptions { InChannels = 4 }, initialize: true);
    }

    private static NetworkWeights Weights(Network network) =>
        new([.. network.Parameters.Entries.Select(entry => entry.Tensor.ToStored(entry.Name))]);

    private static float[] Pixels(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];

    // Statistics as training leaves them, so that folding the normalisation shows.
    private static void Unsettle(Network network)
    {
        foreach (var entry in network.Parameters.Entries)
        {
            if (entry.Name.EndsWith("running_mean", StringComparison.Ordinal))
                entry.Tensor.CopyFrom(Tensor.Randn(entry.Tensor.Shape.ToArray()) * 0.1);
            if (entry.Name.EndsWith("running_var", StringComparison.Ordinal))
                entry.Tensor.CopyFrom(Tensor.Rand(entry.Tensor.Shape.ToArray()) + 0.5);
        }
    }
}
