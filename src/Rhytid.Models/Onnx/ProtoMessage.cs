using System.Buffers.Binary;
using System.Text;

namespace Rhytid.Models;

/// <summary>A message of Protocol Buffers that is being written; large fields are kept, not copied.</summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly List<byte> _small = [];
    private long _length;

    /// <summary>Bytes of the message.</summary>
    public long Length => _length + _small.Count;

    /// <summary>Adds an integer.</summary>
    public ProtoMessage Add(int field, long value)
    {
        AddVarint(((ulong)field << 3) | Varint);
        AddVarint((ulong)value);
        return this;
    }

    /// <summary>Adds a number in single precision.</summary>
    public ProtoMessage Add(int field, float value)
    {
        AddVarint(((ulong)field << 3) | Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _small.AddRange(bytes);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds bytes.</summary>
    public ProtoMessage Add(int field, ReadOnlyMemory<byte> bytes)
    {
        AddVarint(((ulong)field << 3) | Delimited);
        AddVarint((ulong)bytes.Length);
        AddPart(bytes);
        return this;
    }

    /// <summary>Adds a message, which is complete.</summary>
    public ProtoMessage Add(int field, ProtoMessage message)
    {
        AddVarint(((ulong)field << 3) | Delimited);
        AddVarint((ulong)message.Length);
        message.Flush();
        foreach (var part in message._parts)
            AddPart(part);
        return this;
    }

    /// <summary>Adds a message for each element.</summary>
    public ProtoMessage AddAll<T>(int field, IEnumerable<T> elements, Func<T, ProtoMessage> write)
    {
        foreach (var element in elements)
            Add(field, write(element));
        return this;
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream)
    {
        Flush();
        foreach (var part in _parts)
            stream.Write(part.Span);
    }

    private void AddPart(ReadOnlyMemory<byte> bytes)
    {
        Flush();
        _parts.Add(bytes);
        _length += bytes.Length;
    }

    private void Flush()
    {
        if (_small.Count == 0)
            return;
        _parts.Add(_small.ToArray());
        _length += _small.Count;
        _small.Clear();
    }

    private void AddVarint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            _small.Add((byte)(value | 0x80));
        _small.Add((byte)value);
    }
}
