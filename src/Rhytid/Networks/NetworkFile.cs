using Rhytid.Inference;
using Rhytid.Inference.Serialization;

namespace Rhytid.Networks;

/// <summary>A network that is ready to run, and what it was trained to see.</summary>
/// <param name="Header">What its file says about it.</param>
/// <param name="Network">The network; disposed with this.</param>
public sealed record NetworkFile(NetworkHeader Header, IPixelNetwork Network) : IDisposable
{
    private static readonly Dictionary<string, Func<NetworkWeights, int, int?, InferenceNetwork>> Builders = new()
    {
        ["resnet18-fine"] = ResNetFineNetwork.Create,
        ["unet"] = (weights, inChannels, threads) => UnetNetwork.Create(weights, inChannels, "outc.conv", threads),
        ["wds-unet"] = (weights, inChannels, threads) => UnetNetwork.Create(weights, inChannels, "outc_1.conv", threads),
    };

    /// <summary>Whether an architecture runs without libtorch.</summary>
    /// <param name="model">Its id.</param>
    public static bool Runs(string model) => Builders.ContainsKey(model);

    /// <summary>Loads a network that runs without libtorch, as the ones that ship do.</summary>
    /// <param name="path">A safetensors file that Rhytid saved.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="CheckpointException">The file is no such network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkFile Load(string path, int? threads = null)
    {
        using var file = SafetensorsFile.Open(path);
        var header = NetworkHeader.Read(path, file.Metadata);
        if (!Runs(header.Model))
            throw new CheckpointException(
                path, $"is the network {header.Model}, which needs libtorch: load it with Rhytid.Models.TorchNetworks");
        var (inChannels, outChannels) = header.Channels(path);
        try
        {
            header.Preprocessing.Check(inChannels);
            var network = Builders[header.Model](new NetworkWeights(file.Tensors), inChannels, threads);
            if (network.OutChannels != outChannels)
                throw new InvalidDataException(
                    $"the network has {network.OutChannels} outputs, the file says {outChannels}");
            return new NetworkFile(header, network);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw new CheckpointException(path, error.Message.Split(" (Parameter")[0], error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
