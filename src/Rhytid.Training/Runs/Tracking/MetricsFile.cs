using System.Text.Json;

namespace Rhytid.Training.Runs.Tracking;

/// <summary>One line of a run's log.</summary>
/// <param name="Step">Optimizer steps since the beginning of the run.</param>
/// <param name="Values">Every number of the line by name; NaN and infinities as such.</param>
public sealed record MetricsLine(long Step, IReadOnlyDictionary<string, double> Values);

/// <summary>What <see cref="MetricsLog"/> wrote.</summary>
/// <param name="Lines">In the order of the file.</param>
/// <param name="Damaged">Lines that could not be read: a run that is under way may have written half of its last
/// one.</param>
public sealed record MetricsFile(IReadOnlyList<MetricsLine> Lines, int Damaged)
{
    private const string Step = "train/step";

    /// <summary>Reads a log, also of a run that is under way.</summary>
    /// <exception cref="TrainingException">The file cannot be read.</exception>
    public static MetricsFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            // The run that writes it has it open.
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            var (lines, damaged) = (new List<MetricsLine>(), 0);
            while (reader.ReadLine() is { } text)
            {
                if (text.Length == 0)
                    continue;
                if (Parse(text) is { } line)
                    lines.Add(line);
                else
                    damaged++;
            }
            return new MetricsFile(lines, damaged);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The values of one name with their steps, where it was logged.</summary>
    public IReadOnlyList<(long Step, double Value)> Series(string name) =>
        [.. Lines.Where(line => line.Values.ContainsKey(name)).Select(line => (line.Step, line.Values[name]))];

    private static MetricsLine? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var values = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
                if (property.Name != Step && Number(property.Value) is { } value)
                    values[property.Name] = value;
            return new MetricsLine(json.RootElement.GetProperty(Step).GetInt64(), values);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        },
        _ => null,
    };
}
