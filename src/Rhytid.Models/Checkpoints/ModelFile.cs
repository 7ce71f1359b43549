using System.Text.Json;
using System.Text.Json.Serialization;
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
    /// <summary>Value of the metadata key <c>rhytid.format</c>.</summary>
    public const string Format = "rhytid.model/1";

    /// <summary>Metadata key that says where the weights come from.</summary>
    public const string SourceKey = "rhytid.source";

    /// <summary>Value of <see cref="SourceKey"/> for weights as they were drawn.</summary>
    public const string Untrained = "untrained";

    /// <summary>Metadata key that says what a network learned, where it is not to find wrinkles.</summary>
    public const string ObjectiveKey = "rhytid.objective";

    private const string FormatKey = "rhytid.format";
    private const string ModelKey = "rhytid.model";
    private const string OptionsKey = "rhytid.options";
    private const string PreprocessingKey = "rhytid.preprocessing";

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
        var metadata = new Dictionary<string, string>(Metadata)
        {
            [FormatKey] = Format,
            [ModelKey] = Model,
            [OptionsKey] = JsonSerializer.Serialize(Network.Options, Json),
            [PreprocessingKey] = JsonSerializer.Serialize(Preprocessing, Json),
        };
        using var scope = TensorScope.Begin();
        SafetensorsWriter.Write(
            path,
            Network.Parameters.Entries.Select(
                entry =>
                    (half && !entry.IsBuffer ? entry.Tensor.Detach().To(DType.Float16) : entry.Tensor).ToStored(
                        entry.Name)),
            metadata);
    }

    /// <summary>Whether a file's own notes say that it was saved by <see cref="Save"/>.</summary>
    public static bool IsModel(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.GetValueOrDefault(FormatKey) == Format;
    }

    /// <summary>Loads a network that was saved by <see cref="Save"/>.</summary>
    /// <exception cref="CheckpointException">The file is no such file, or does not hold exactly the network it
    /// names.</exception>
    public static ModelFile Load(string path)
    {
        using var file = CheckpointFile.Open(path);
        if (!file.Metadata.TryGetValue(FormatKey, out var format))
            throw new CheckpointException(
                path,
                $"has weights but does not say of which network; convert it first: rhytid models convert {Path.GetFileName(path)} OUT.safetensors --model ID");
        if (format.StartsWith("rhytid.training/", StringComparison.Ordinal))
            throw new CheckpointException(
                path, "is a checkpoint to go on training from; the network to use is best.safetensors beside it");
        if (format != Format)
            throw new CheckpointException(path, $"has the format {format}; this version reads {Format}");
        try
        {
            var options = Read<ModelOptions>(file, path, OptionsKey);
            var preprocessing = Read<Preprocessing>(file, path, PreprocessingKey);
            preprocessing.Check(options.InChannels);
            var model = file.Metadata.GetValueOrDefault(ModelKey)
                ?? throw new CheckpointException(path, $"has no {ModelKey}");
            var network = ModelCatalog.Create(model, options, initialize: false);
            try
            {
                CheckpointImporter.Import(file, path, network);
            }
            catch
            {
                network.Dispose();
                throw;
            }
            string[] own = [FormatKey, ModelKey, OptionsKey, PreprocessingKey];
            return new ModelFile(
                model, network, preprocessing, file.Metadata.Where(pair => !own.Contains(pair.Key)).ToDictionary());
        }
        catch (ArgumentException e)
        {
            throw new CheckpointException(path, e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();

    private static T Read<T>(CheckpointFile file, string path, string key)
    {
        if (!file.Metadata.TryGetValue(key, out var text))
            throw new CheckpointException(path, $"has no {key}");
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new CheckpointException(path, $"{key} cannot be read: {e.Message}", e);
        }
    }
}
