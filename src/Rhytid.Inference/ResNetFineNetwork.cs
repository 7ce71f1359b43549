namespace Rhytid.Inference;

/// <summary>
/// The network that the shipped models are: a U-Net over a ResNet-18 that is cut after its third layer, with a branch
/// at full size beside it (<c>resnet18-fine</c>).
/// </summary>
internal static class ResNetFineNetwork
{
    private const int BlocksOfLayer = 2;

    /// <summary>Puts the network together.</summary>
    /// <param name="weights">Under the names that training saves.</param>
    /// <param name="inChannels">3 for colour, 4 with a texture map.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="InvalidDataException">A weight is missing or of another shape.</exception>
    public static InferenceNetwork Create(NetworkWeights weights, int inChannels, int? threads = null)
    {
        var network = new NetworkBuilder(weights, inChannels, threads);
        // Maps of halving size; the encoder sees colour alone, less ImageNet's mean.
        var colour = network.Shift(NetworkBuilder.Image, weights.Read("mean", 3));
        List<int> maps = [network.ConvBatchNorm([colour], "encoder.conv1", "encoder.bn1", stride: 2)];
        var features = network.MaxPool(maps[0], kernel: 3, stride: 2, padding: 1);
        for (var layer = 1; layer <= 3; layer++)
        {
            for (var block = 0; block < BlocksOfLayer; block++)
                features = BasicBlock(
                    network, weights, features, $"encoder.layer{layer}.{block}", layer > 1 && block == 0 ? 2 : 1);
            maps.Add(features);
        }
        for (var i = 0; i < 3; i++)
            features = network.DoubleConv($"decoder.{i}", network.Upsample(features), maps[^(i + 2)]);
        var fine = network.DoubleConv("fine", NetworkBuilder.Image);
        features = network.DoubleConv("last", network.Upsample(features), fine);
        return network.Build(new SizeRule(Multiple: 16), network.Convolution(features, "out"));
    }

    private static int BasicBlock(NetworkBuilder network, NetworkWeights weights, int input, string path, int stride)
    {
        var first = network.ConvBatchNorm([input], $"{path}.conv1", $"{path}.bn1", stride);
        var second = network.ConvBatchNorm([first], $"{path}.conv2", $"{path}.bn2", relu: false);
        var shortcut = weights.Has($"{path}.downsample.0.weight")
            ? network.ConvBatchNorm([input], $"{path}.downsample.0", $"{path}.downsample.1", stride, relu: false)
            : input;
        return network.AddMaps(second, shortcut);
    }
}
