using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Inference.Serialization;

namespace Rhytid.Networks;

/// <summary>What a weight file says about its network, in a safetensors file's own notes.</summary>
/// <param name="Model">The architecture's id.</param>
/// <param name="Options">How it is built, as JSON; <c>inChannels</c> and <c>outChannels</c> stand in all of
/// them.</param>
/// <param name="Preprocessing">What it was trained to see.</param>
/// <param name="Metadata">Everything else that was saved with it: data, recipe, licence.</param>
public sealed record NetworkHeader(
    string Model, string Options, Preprocessing Preprocessing, IReadOnlyDictionary<string, string> Metadata)
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

    private static readonly string[] Own = [FormatKey, ModelKey, OptionsKey, PreprocessingKey];

    /// <summary>Whether a file's own notes are such a header.</summary>
    public static bool IsIn(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.GetValueOrDefault(FormatKey) == Format;
    }

    /// <summary>Reads the notes of a file.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="metadata">Its notes.</param>
    /// <exception cref="CheckpointException">They are no such header.</exception>
    public static NetworkHeader Read(string path, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (!metadata.TryGetValue(FormatKey, out var format))
            throw new CheckpointException(
                path,
                $"has weights but does not say of which network; convert it first: rhytid models convert {Path.GetFileName(path)} OUT.safetensors --model ID");
        if (format.StartsWith("rhytid.training/", StringComparison.Ordinal))
            throw new CheckpointException(
                path, "is a checkpoint to go on training from; the network to use is best.safetensors beside it");
        if (format != Format)
            throw new CheckpointException(path, $"has the format {format}; this version reads {Format}");
        var preprocessing = Parse(path, PreprocessingKey, metadata, HeaderJson.Default.StoredPreprocessing).ToPreprocessing();
        return new NetworkHeader(
            metadata.GetValueOrDefault(ModelKey) ?? throw new CheckpointException(path, $"has no {ModelKey}"),
            metadata.GetValueOrDefault(OptionsKey) ?? throw new CheckpointException(path, $"has no {OptionsKey}"),
            preprocessing, metadata.Where(pair => !Own.Contains(pair.Key)).ToDictionary());
    }

    /// <summary>The notes to save.</summary>
    public Dictionary<string, string> ToMetadata() => new(Metadata)
    {
        [FormatKey] = Format,
        [ModelKey] = Model,
        [OptionsKey] = Options,
        [PreprocessingKey] = JsonSerializer.Serialize(
            StoredPreprocessing.From(Preprocessing), HeaderJson.Default.StoredPreprocessing),
    };

    /// <summary>Channels of the input and of the logits.</summary>
    /// <exception cref="CheckpointException">The options do not say.</exception>
    internal (int In, int Out) Channels(string path)
    {
        var channels = Deserialize(path, OptionsKey, Options, HeaderJson.Default.NetworkChannels);
        return (channels.InChannels, channels.OutChannels);
    }

    private static T Parse<T>(
        string path, string key, IReadOnlyDictionary<string, string> metadata,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        metadata.TryGetValue(key, out var text)
            ? Deserialize(path, key, text, type)
            : throw new CheckpointException(path, $"has no {key}");

    private static T Deserialize<T>(
        string path, string key, string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new CheckpointException(path, $"{key} cannot be read: {e.Message}", e);
        }
    }
}

internal sealed record NetworkChannels(int InChannels = 3, int OutChannels = 1);

/// <summary>
/// <see cref="Preprocessing"/> as files hold it: what an older file does not say has the default given here.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StoredPreprocessing(
    int Size = 1024, IReadOnlyList<double>? Mean = null, IReadOnlyList<double>? Deviation = null, bool Masked = false,
    bool WholeTexture = false, double Threshold = 0.5)
{
    public static StoredPreprocessing From(Preprocessing other) => new(
        other.Size, other.Mean, other.Deviation, other.Masked, other.WholeTexture, other.Threshold);

    public Preprocessing ToPreprocessing()
    {
        var standard = new Preprocessing();
        return new Preprocessing
        {
            Size = Size,
            Mean = Mean ?? standard.Mean,
            Deviation = Deviation ?? standard.Deviation,
            Masked = Masked,
            WholeTexture = WholeTexture,
            Threshold = Threshold,
        };
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(NetworkChannels))]
[JsonSerializable(typeof(StoredPreprocessing))]
internal sealed partial class HeaderJson : JsonSerializerContext;
