namespace Rhytid.Inference;

/// <summary>The bilinear U-Net of Moon et al. (2024) and that of weighted deep supervision, which has biases.</summary>
internal static class UnetNetwork
{
    private const int Halvings = 4;

    /// <summary>Puts the network together.</summary>
    /// <param name="weights">Under the authors' names.</param>
    /// <param name="inChannels">3 for colour, 4 with a texture map.</param>
    /// <param name="head">Name of the last convolution: <c>outc.conv</c>, or <c>outc_1.conv</c> of several.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="InvalidDataException">A weight is missing or of another shape.</exception>
    public static InferenceNetwork Create(NetworkWeights weights, int inChannels, string head, int? threads = null)
    {
        var network = new NetworkBuilder(weights, inChannels, threads);
        List<int> maps = [network.DoubleConv("inc", NetworkBuilder.Image)];
        for (var i = 1; i <= Halvings; i++)
            maps.Add(
                network.DoubleConv(
                    $"down{i}.maxpool_conv.1", network.MaxPool(maps[^1], kernel: 2, stride: 2, padding: 0)));
        var features = maps[^1];
        for (var i = 1; i <= Halvings; i++)
        {
            var skip = maps[^(i + 1)];
            features = network.DoubleConv($"up{i}.conv", skip, network.UpsampleAligned(features, skip));
        }
        return network.Build(new SizeRule(Multiple: 1, Least: 1 << Halvings), network.Convolution(features, head));
    }
}
