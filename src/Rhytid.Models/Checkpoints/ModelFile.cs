using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>A network with all that is needed to use it, in one safetensors file.</summary>
/// <param name="Model">The architecture's id.</param>
/// <param name="Network">The network, filled.</param>
/// <param name="Preprocessing">What it was trained to see.</param>
/// <param name="Metadata">Everything else that was saved with it: data, recipe, licence.</param>
public sealed record ModelFile(
    string Model, Network Network, Preprocessing Preprocessing,
    IReadOnlyDictionary<string, string> Metadata) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Saves the network; the file appears whole or not at all.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="half">
    /// Weights in half precision (IEEE binary16): half the file, and a loss far below what training noise leaves.
    /// Running statistics and counters stay as they are.
    /// </param>
    public void Save(string path, bool half = false)
    {
        Preprocessing.Check(Network.Options.InChannels);
        var metadata = Header.ToMetadata();
        using var scope = TensorScope.Begin();
        SafetensorsWriter.Write(
            path,
            Network.Parameters.Entries.Select(
                entry =>
                    (half && !entry.IsBuffer ? entry.Tensor.Detach().To(DType.Float16) : entry.Tensor).ToStored(
                        entry.Name)),
            metadata);
    }

    /// <summary>What the file says about the network.</summary>
    public NetworkHeader Header => new(Model, JsonSerializer.Serialize(Network.Options, Json), Preprocessing, Metadata);

    /// <summary>Loads a network that was saved by <see cref="Save"/>.</summary>
    /// <exception cref="CheckpointException">The file is no such file, or does not hold exactly the network it
    /// names.</exception>
    public static ModelFile Load(string path)
    {
        using var file = CheckpointFile.Open(path);
        var header = NetworkHeader.Read(path, file.Metadata);
        try
        {
            var options = ReadOptions(path, header.Options);
            header.Preprocessing.Check(options.InChannels);
            var network = ModelCatalog.Create(header.Model, options, initialize: false);
            try
            {
                CheckpointImporter.Import(file, path, network);
            }
            catch
            {
                network.Dispose();
                throw;
            }
            return new ModelFile(header.Model, network, header.Preprocessing, header.Metadata);
        }
        catch (ArgumentException e)
        {
            throw new CheckpointException(path, e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <summary>Makes the network ready to run on libtorch; it cannot be trained or saved any more.</summary>
    /// <param name="settings">Precision, device, tiles.</param>
    /// <returns>Owns the network.</returns>
    public NetworkFile ForInference(InferenceSettings? settings = null) =>
        new(Header, new TorchPixelNetwork(new InferenceSession(Network, settings)));

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();

    private static ModelOptions ReadOptions(string path, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelOptions>(json, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new CheckpointException(path, $"rhytid.options cannot be read: {e.Message}", e);
        }
    }
}
