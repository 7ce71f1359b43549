using System.Text.Json;
using Rhytid.Imaging;

namespace Rhytid.Training.Runs.Tracking;

/// <summary>
/// <c>metrics.jsonl</c>: one JSON object a line, with the step and every number by name. NaN and infinities, which JSON
/// lacks, are the strings "NaN", "Infinity" and "-Infinity".
/// </summary>
public sealed class MetricsLog : IRunLogger, IDisposable
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "metrics.jsonl";

    private const string Step = "train/step";

    private readonly FileStream _file;

    /// <summary>Begins the log, or goes on with it.</summary>
    /// <param name="folder">The run's folder; made when missing.</param>
    /// <param name="lastStep">
    /// The step from which a resumed run goes on: later lines, which the run wrote before it was killed and is going to
    /// write again, are dropped. Null begins anew.
    /// </param>
    /// <exception cref="OutputException">The file cannot be written; what was there stays.</exception>
    public MetricsLog(string folder, long? lastStep = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var kept = lastStep is { } last && File.Exists(path)
            ? File.ReadLines(path).Where(line => StepOf(line) <= last).ToList()
            : [];
        AtomicFile.WriteText(path, string.Concat(kept.Select(line => line + "\n")));
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <inheritdoc/>
    public void Log(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Write(entry.Step, entry.Scalars);
    }

    /// <summary>Writes a line.</summary>
    /// <param name="step">Optimizer steps since the beginning of the run.</param>
    /// <param name="values">Numbers by key.</param>
    internal void Write(long step, IReadOnlyDictionary<string, double> values)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteNumber(Step, step);
            foreach (var (name, value) in values)
            {
                if (double.IsFinite(value))
                    writer.WriteNumber(name, value);
                else
                    writer.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            }
            writer.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        // One write for a whole line: a killed run leaves no half of one.
        _file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
    }

    /// <inheritdoc/>
    public void Flush() => _file.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A line that cannot be read was cut off by a full disk or a crash; it is dropped like a later one.
    private static long StepOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty(Step).GetInt64();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            return long.MaxValue;
        }
    }
}
