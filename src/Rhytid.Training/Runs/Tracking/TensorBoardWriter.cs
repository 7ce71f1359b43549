using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;

namespace Rhytid.Training.Runs.Tracking;

/// <summary>
/// Writes an event file that TensorBoard shows: <c>tensorboard --logdir RUN</c>. A run that goes on later writes
/// another file beside the first; TensorBoard joins them.
/// </summary>
public sealed class TensorBoardWriter : IRunLogger, IDisposable
{
    // Field numbers of tensorflow.Event and tensorflow.Summary, which are fixed for ever.
    private const int EventWallTime = 1;
    private const int EventStep = 2;
    private const int EventFileVersion = 3;
    private const int EventSummary = 5;
    private const int SummaryValue = 1;
    private const int ValueTag = 1;
    private const int ValueNumber = 2;
    private const int ValueImage = 4;
    private const int ImageHeight = 1;
    private const int ImageWidth = 2;
    private const int ImageColorSpace = 3;
    private const int ImageBytes = 4;
    private const int Rgb = 3;

    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <summary>Begins an event file.</summary>
    /// <param name="folder">The run's folder; made when missing.</param>
    /// <param name="clock">What time it is; the system's clock unless given.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TensorBoardWriter(string folder, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _clock = clock ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        // TensorBoard looks for "tfevents" in the name. The name of the machine, which it usually holds too, is
        // nobody's business.
        _file = Create(folder, _clock.GetUtcNow().ToUnixTimeSeconds());
        Write(step: 0, output =>
        {
            output.WriteTag(EventFileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        });
        Flush();
    }

    /// <summary>The event file.</summary>
    public string Path => _file.Name;

    /// <inheritdoc/>
    public void Log(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Write(entry.Step, entry.Scalars);
    }

    /// <summary>Writes an event of numbers.</summary>
    /// <param name="step">Optimizer steps since the beginning of the run.</param>
    /// <param name="values">Numbers by tag.</param>
    internal void Write(long step, IReadOnlyDictionary<string, double> values) =>
        WriteSummary(step, values.Select(value => Message(output =>
        {
            output.WriteTag(ValueTag, WireFormat.WireType.LengthDelimited);
            output.WriteString(value.Key);
            output.WriteTag(ValueNumber, WireFormat.WireType.Fixed32);
            output.WriteFloat((float)value.Value);
        })));

    /// <inheritdoc/>
    public void Picture(long step, string name, ReadOnlyMemory<byte> png, int width, int height)
    {
        var image = Message(output =>
        {
            WriteNumber(output, ImageHeight, height);
            WriteNumber(output, ImageWidth, width);
            WriteNumber(output, ImageColorSpace, Rgb);
            WriteBytes(output, ImageBytes, png.ToArray());
        });
        WriteSummary(step,
        [
            Message(output =>
            {
                output.WriteTag(ValueTag, WireFormat.WireType.LengthDelimited);
                output.WriteString(name);
                WriteBytes(output, ValueImage, image);
            }),
        ]);
    }

    /// <inheritdoc/>
    public void Flush() => _file.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream Create(string folder, long seconds)
    {
        // Two files of one second need two names.
        for (var number = 0; ; number++)
        {
            var path = System.IO.Path.Combine(
                folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds}.rhytid.{number}"));
            if (!File.Exists(path))
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
    }

    private void WriteSummary(long step, IEnumerable<byte[]> values)
    {
        var summary = Message(output =>
        {
            foreach (var value in values)
                WriteBytes(output, SummaryValue, value);
        });
        Write(step, output => WriteBytes(output, EventSummary, summary));
    }

    private void Write(long step, Action<CodedOutputStream> what) => _file.Write(EventRecord.Frame(Message(output =>
    {
        output.WriteTag(EventWallTime, WireFormat.WireType.Fixed64);
        output.WriteDouble(_clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        output.WriteTag(EventStep, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        what(output);
    })));

    private static void WriteNumber(CodedOutputStream output, int field, int value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(value);
    }

    private static void WriteBytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
            write(output);
        return memory.ToArray();
    }
}

/// <summary>
/// The frame around each event in a TensorBoard file (TFRecord): length, its checksum, the bytes, their checksum; all
/// little-endian.
/// </summary>
internal static class EventRecord
{
    // Checksums of data that hold checksums are weak; so TFRecord turns and shifts them (LevelDB's log format does the
    // same).
    private const uint MaskDelta = 0xA282EAD8;

    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        const int Header = sizeof(ulong) + sizeof(uint);
        var record = new byte[Header + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(
            record.AsSpan(sizeof(ulong)), Checksum(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record.AsSpan(Header));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Header + data.Length), Checksum(data));
        return record;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + MaskDelta;
    }
}
