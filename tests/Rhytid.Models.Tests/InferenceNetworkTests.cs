using Rhytid.Inference;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests;

/// <summary>The shipped architecture in managed code against libtorch.</summary>
public class InferenceNetworkTests
{
    [Theory]
    [InlineData(3, 19, 64, 64)]
    [InlineData(4, 1, 96, 50)] // filled up at the right
    [InlineData(4, 2, 33, 80)]
    public void Equals_libtorch(int inChannels, int outChannels, int height, int width)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(7);
        using var network = ModelCatalog.Create(
            "resnet18-fine", new ModelOptions { InChannels = inChannels, OutChannels = outChannels }, initialize: true);
        Unsettle(network);
        var weights = new NetworkWeights(network.Parameters.Entries.Select(entry => entry.Tensor.ToStored(entry.Name)));
        using var managed = ResNetFineNetwork.Create(weights, inChannels);
        var input = Tensor.Rand([1, inChannels, height, width]) * 2 - 1;
        using var session = new InferenceSession(network, new InferenceSettings { Precision = Precision.F32 });
        var expected = session.Run(input).Permute(0, 2, 3, 1).Contiguous().ToArray<float>();
        var actual = new float[height * width * outChannels];
        managed.Run(input.Permute(0, 2, 3, 1).Contiguous().AsSpan<float>(), height, width, actual);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4 * largest);
    }

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
