using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>
/// The worst and the best validation images of a run's best epoch, in one safetensors file. Needs no OpenCV.
/// </summary>
/// <param name="Epoch">The epoch they are of, counted from 1 as in <c>metrics.jsonl</c>.</param>
/// <param name="Examples">By JSI, the worst first.</param>
public sealed record RunExamples(int Epoch, IReadOnlyList<RunExample> Examples)
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "examples.safetensors";

    /// <summary>Value of the metadata key <c>format</c>.</summary>
    public const string Format = "rhytid.examples/1";

    /// <summary>How many of the worst, and how many of the best, are kept.</summary>
    public const int OfEachKind = 4;

    private const string FormatKey = "format";
    private const string EpochKey = "epoch";
    private const string SizeKey = "size";
    private const string ListKey = "examples";

    // Scores that are no number have no place in plain JSON.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The lower half: where the network is weakest.</summary>
    public IEnumerable<RunExample> Worst => Examples.Take((Examples.Count + 1) / 2);

    /// <summary>The upper half, the best first.</summary>
    public IEnumerable<RunExample> Best => Examples.Skip((Examples.Count + 1) / 2).Reverse();

    /// <summary>Which images to keep: the worst and the best, none twice, those without a score left out.</summary>
    /// <param name="scores">Id and JSI of all validation images.</param>
    /// <returns>Ids by JSI, the worst first.</returns>
    public static IReadOnlyList<string> Choose(IEnumerable<(string Id, double Jsi)> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var sorted =
            scores.Where(image => !double.IsNaN(image.Jsi)).OrderBy(image => image.Jsi).ThenBy(
                image => image.Id, StringComparer.Ordinal).Select(image => image.Id).ToList();
        return sorted.Count <= 2 * OfEachKind ? sorted : [.. sorted.Take(OfEachKind), .. sorted.TakeLast(OfEachKind)];
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Its place; what is there is replaced.</param>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="examples">All of one size, in any order.</param>
    /// <exception cref="ArgumentException">An example's arrays do not fit its size, or the sizes differ.</exception>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public static void Save(string path, int epoch, IReadOnlyList<RunExample> examples)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(examples);
        var sorted =
            examples.OrderBy(example => example.Jsi).ThenBy(example => example.Id, StringComparer.Ordinal).ToList();
        sorted.ForEach(example => example.Check());
        if (sorted.Select(example => example.Size).Distinct().Count() > 1)
            throw new ArgumentException("the examples of a run have one size", nameof(examples));
        SafetensorsWriter.Write(path, sorted.SelectMany(Tensors), new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [EpochKey] = epoch.ToString(CultureInfo.InvariantCulture),
            [SizeKey] = (sorted.Count == 0 ? 0 : sorted[0].Size).ToString(CultureInfo.InvariantCulture),
            [ListKey] = JsonSerializer.Serialize(
                sorted.Select(example => new Entry(example.Id, example.Jsi, example.Threshold)), Json),
        });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrainingException">It is damaged, missing, or something else.</exception>
    public static RunExamples Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault(FormatKey) != Format)
                throw new TrainingException($"{path}: this holds no examples of a run ({Format})");
            var size = int.Parse(file.Metadata[SizeKey], NumberStyles.None, CultureInfo.InvariantCulture);
            var entries = JsonSerializer.Deserialize<List<Entry>>(file.Metadata[ListKey], Json)!;
            return new RunExamples(
                int.Parse(file.Metadata[EpochKey], NumberStyles.None, CultureInfo.InvariantCulture),
                [.. entries.Select((entry, place) => Example(file, place, entry, size))]);
        }
        catch (CheckpointException error)
        {
            throw new TrainingException(error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {error.Message}", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or OverflowException
            or JsonException or ArgumentException or NullReferenceException)
        {
            throw new TrainingException($"{path}: the examples are damaged", error);
        }
    }

    // By place, not by id: an id may hold any character.
    private static string NameOf(int place, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{place}/{kind}");

    private static IEnumerable<StoredTensor> Tensors(RunExample example, int place)
    {
        yield return Plane("photo", 3, example.Photo);
        yield return Plane("truth", 1, example.Truth);
        yield return Plane("probability", 1, example.Probability);
        if (example.Scored is { } scored)
            yield return Plane("scored", 1, scored);

        StoredTensor Plane(string kind, int channels, byte[] bytes) =>
            new(NameOf(place, kind), DType.UInt8, [channels, example.Size, example.Size], bytes);
    }

    private static RunExample Example(SafetensorsFile file, int place, Entry entry, int size)
    {
        byte[] Bytes(string kind) => file[NameOf(place, kind)].Bytes.ToArray();
        var example = new RunExample(entry.Id, entry.Jsi, size, Bytes("photo"), Bytes("truth"), Bytes("probability"),
            file.TryGet(NameOf(place, "scored"), out var scored) ? scored.Bytes.ToArray() : null, entry.Threshold);
        example.Check();
        return example;
    }

    // Runs from before the threshold was kept have 0.5.
    private sealed record Entry(string Id, double Jsi, double Threshold = 0.5);
}
