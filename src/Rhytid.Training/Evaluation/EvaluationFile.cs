using System.Text.Json;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>What <c>rhytid evaluate --json</c> wrote, as far as tables need it.</summary>
public sealed record EvaluationFile
{
    /// <summary>The kind and version that is written and read.</summary>
    public const string Schema = "rhytid.evaluation/1";

    private const long LargestFile = 50_000_000;

    /// <summary>What the run is called.</summary>
    public required string Name { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Data { get; init; }

    /// <summary>How many photos were scored.</summary>
    public required int Photos { get; init; }

    /// <summary>Both averages of each score, by its key; null where it is undefined.</summary>
    public required IReadOnlyDictionary<string, (double? ImageMean, double? Pooled)> Scores { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DatasetException">It cannot be read, or is something else.</exception>
    public static EvaluationFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (Directory.Exists(path))
                throw new DatasetException($"{path}: this is a folder, not a file of evaluate --json");
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new DatasetException($"{path}: this is too large for a file of evaluate --json");
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(json.RootElement);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path}: there is no such file", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new DatasetException($"{path}: this is not what evaluate --json writes", error);
        }
    }

    private static EvaluationFile Parse(JsonElement root)
    {
        if (root.GetProperty("schema").GetString() != Schema)
            throw new FormatException();
        return new EvaluationFile
        {
            Name = root.GetProperty("name").GetString()!,
            Data = root.GetProperty("data").GetString()!,
            Photos = root.GetProperty("photos").GetInt32(),
            Scores = root.GetProperty("scores")
                .EnumerateObject()
                .ToDictionary(
                    score => score.Name, score => (Number(score.Value, "imageMean"), Number(score.Value, "pooled"))),
        };
    }

    private static double? Number(JsonElement score, string name) =>
        score.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;
}
