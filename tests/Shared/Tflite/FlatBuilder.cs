using System.Buffers.Binary;

namespace Rhytid.Tests.Shared.Tflite;

/// <summary>
/// Writes FlatBuffers for tests, front to back: a table's fields are numbers, or parts that are written behind it.
/// Offsets only point forwards, as the format wants them.
/// </summary>
internal sealed class FlatBuilder
{
    private readonly List<byte> _bytes = [];

    /// <summary>A file: the offset of the root table, four letters, the root.</summary>
    public static byte[] File(string identifier, Table root)
    {
        var builder = new FlatBuilder();
        builder._bytes.AddRange(new byte[4]);
        builder._bytes.AddRange(System.Text.Encoding.ASCII.GetBytes(identifier));
        builder.Point(0, root);
        return [.. builder._bytes];
    }

    private void Point(int at, Part part)
    {
        while (_bytes.Count % 4 != 0)
            _bytes.Add(0);
        // A table's offset points behind its list of fields.
        var start = part.Write(this);
        SetInt32(at, start - at);
    }

    private int AddInt32(int value)
    {
        var at = _bytes.Count;
        _bytes.AddRange(new byte[4]);
        SetInt32(at, value);
        return at;
    }

    private void AddUInt16(int value) => _bytes.AddRange([(byte)value, (byte)(value >> 8)]);

    private void SetInt32(int at, int value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        for (var i = 0; i < 4; i++)
            _bytes[at + i] = four[i];
    }

    /// <summary>Something that an offset points to.</summary>
    public abstract class Part
    {
        public abstract int Write(FlatBuilder to);
    }

    /// <summary>Fields by number: int, byte, a part, or null for an absent one.</summary>
    public sealed class Table(params object?[] fields) : Part
    {
        public override int Write(FlatBuilder to)
        {
            var vtable = to._bytes.Count;
            to.AddUInt16(4 + (2 * fields.Length));
            to.AddUInt16(4 + (4 * fields.Length));
            for (var i = 0; i < fields.Length; i++)
                to.AddUInt16(fields[i] is null ? 0 : 4 + (4 * i));
            while (to._bytes.Count % 4 != 0)
                to._bytes.Add(0);
            var start = to._bytes.Count;
            to.AddInt32(start - vtable);
            foreach (var field in fields)
                to.AddInt32(field switch { int number => number, byte small => small, _ => 0 });
            for (var i = 0; i < fields.Length; i++)
                if (fields[i] is Part part)
                    to.Point(start + 4 + (4 * i), part);
            return start;
        }
    }

    /// <summary>A list of tables.</summary>
    public sealed class Tables(params IReadOnlyList<Table> items) : Part
    {
        public override int Write(FlatBuilder to)
        {
            var start = to.AddInt32(items.Count);
            foreach (var _ in items)
                to.AddInt32(0);
            for (var i = 0; i < items.Count; i++)
                to.Point(start + 4 + (4 * i), items[i]);
            return start;
        }
    }

    /// <summary>A list of 32-bit numbers.</summary>
    public sealed class Numbers(params int[] values) : Part
    {
        public override int Write(FlatBuilder to)
        {
            var start = to.AddInt32(values.Length);
            foreach (var value in values)
                to.AddInt32(value);
            return start;
        }
    }

    /// <summary>A list of bytes, or a text.</summary>
    public sealed class Bytes(byte[] values) : Part
    {
        public Bytes(string text)
            : this(System.Text.Encoding.UTF8.GetBytes(text))
        {
        }

        public override int Write(FlatBuilder to)
        {
            var start = to.AddInt32(values.Length);
            to._bytes.AddRange(values);
            to._bytes.Add(0);
            return start;
        }
    }
}
