using System.Globalization;
using System.Text.Json;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>
/// What lies in a run's folder. Everything may be missing: an old run, one under way, one that learns something else
/// than wrinkles.
/// </summary>
public sealed record RunFiles
{
    // Longer than any record; such a file is something else.
    private const long MostCharacters = 4_000_000;

    /// <summary>The folder's name, without its path.</summary>
    public required string Name { get; init; }

    /// <summary>The recipe's text, or null.</summary>
    public string? Recipe { get; init; }

    /// <summary>
    /// The record of the run in the file's order; the section is the keys of the objects around a value, or empty.
    /// </summary>
    public IReadOnlyList<(string Section, string Key, string Value)> Record { get; init; } = [];

    /// <summary>How many samples were learned from, or null.</summary>
    public int? TrainingSamples { get; init; }

    /// <summary>How many samples were validated on, or null.</summary>
    public int? ValidationSamples { get; init; }

    /// <summary>The log, or null.</summary>
    public MetricsFile? Metrics { get; init; }

    /// <summary>Scores of each validation image at the best epoch, in the order of the file.</summary>
    public IReadOnlyList<RunImageScore> Images { get; init; } = [];

    /// <summary>The worst and best validation images, or null.</summary>
    public RunExamples? Examples { get; init; }

    /// <summary>One line for each file that is there and cannot be read.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Reads a run's folder; a damaged file is a line in <see cref="Problems"/>.</summary>
    /// <exception cref="TrainingException">There is no such folder, or no run in it.</exception>
    public static RunFiles Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new TrainingException($"{folder}: there is no such folder");
        string[] signs = [RunRecord.RecordFile, RunRecord.RecipeFile, MetricsLog.FileName];
        if (!Array.Exists(signs, name => File.Exists(Path.Combine(folder, name))))
            throw new TrainingException(
                $"{folder}: there is no run in this folder ({string.Join(", ", signs)}){Hint(folder, signs)}");
        var problems = new List<string>();
        return new RunFiles
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Recipe = Read(RunRecord.RecipeFile, Text),
            Record = [.. (Read(RunRecord.RecordFile, path => Flat(Text(path))) ?? []).Where(IsForReaders)],
            TrainingSamples = Count(RunRecord.TrainingList),
            ValidationSamples = Count(RunRecord.ValidationList),
            Metrics = Read(MetricsLog.FileName, MetricsFile.Load),
            Images = Read(RunImages.ScoresFile, RunImageScore.Load) ?? [],
            Examples = Read(RunExamples.FileName, RunExamples.Load),
            Problems = problems,
        };

        T? Read<T>(string name, Func<string, T> read)
            where T : class
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                return null;
            try
            {
                return read(path);
            }
            catch (Exception error) when (error is RhytidException or IOException
                or UnauthorizedAccessException or JsonException)
            {
                problems.Add(
                    $"{name} cannot be read: {error.Message.Replace(path, name, StringComparison.Ordinal).ReplaceLineEndings(" ")}");
                return null;
            }
        }

        int? Count(string name) => Read(name, IdList.Load)?.Count;
    }

    /// <summary>The value of a key of the record, or null.</summary>
    public string? Recorded(string key, string section = "") =>
        Record.FirstOrDefault(entry => entry.Section == section && entry.Key == key).Value;

    // A run of several seeds has a folder for each.
    private static string Hint(string folder, string[] signs) =>
        Directory.EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(inner => Array.Exists(signs, name => File.Exists(Path.Combine(inner, name)))) is { } one
            ? $"; give one of those in it, such as {one}"
            : "";

    private static string Text(string path) =>
        new FileInfo(path).Length <= MostCharacters
            ? File.ReadAllText(path)
            : throw new TrainingException($"it is larger than {MostCharacters} bytes");

    // Paths of this machine have no place in a report that is passed on.
    private static bool IsForReaders((string Section, string Key, string Value) entry) =>
        entry is not ("data", "path", _);

    private static List<(string Section, string Key, string Value)> Flat(string json)
    {
        using var document = JsonDocument.Parse(json);
        var entries = new List<(string Section, string Key, string Value)>();
        Add("", document.RootElement);
        return entries;

        void Add(string section, JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object)
                throw new JsonException("this is no object");
            foreach (var inner in value.EnumerateObject())
            {
                if (inner.Value.ValueKind == JsonValueKind.Object)
                    Add(section.Length == 0 ? inner.Name : $"{section} {inner.Name}", inner.Value);
                else if (inner.Value.ValueKind != JsonValueKind.Null)
                    entries.Add(
                        (section, inner.Name,
                            inner.Value.ValueKind == JsonValueKind.String
                                ? inner.Value.GetString()!
                                : inner.Value.GetRawText()));
            }
        }
    }
}

/// <summary>Scores of one validation image at the best epoch: a row of <see cref="RunImages.ScoresFile"/>.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Jsi">NaN where it is undefined, as all of them.</param>
/// <param name="F1">Dice.</param>
/// <param name="Precision">Share of the prediction that is wrinkle.</param>
/// <param name="Recall">Share of the wrinkles that is found.</param>
public sealed record RunImageScore(string Id, double Jsi, double F1, double Precision, double Recall)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="TrainingException">It cannot be read, or is something else.</exception>
    public static IReadOnlyList<RunImageScore> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return [.. CsvTable.Parse(File.ReadAllText(path)).Rows.Select(row => Parse(row.Cells))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {error.Message}", error);
        }
        catch (FormatException error)
        {
            throw new TrainingException($"{path}: this is no table of id,jsi,f1,precision,recall", error);
        }
    }

    private static RunImageScore Parse(IReadOnlyList<string> cells) =>
        cells is [var id, var jsi, var f1, var precision, var recall]
            ? new RunImageScore(id, Number(jsi), Number(f1), Number(precision), Number(recall))
            : throw new FormatException();

    private static double Number(string cell) =>
        cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);
}
