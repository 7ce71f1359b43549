using System.Buffers.Binary;

namespace Rhytid.Imaging.Codecs;

/// <summary>Bounds-checked reads in a header: a position past the end is a damaged file, never a crash.</summary>
internal readonly ref struct HeaderReader(ReadOnlySpan<byte> bytes, string format, bool littleEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _format = format;

    public int Length => _bytes.Length;

    public byte Byte(long position) => At(position, 1)[0];

    public int UInt16(long position) => littleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(At(position, 2))
        : BinaryPrimitives.ReadUInt16BigEndian(At(position, 2));

    public uint UInt32(long position) => littleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(At(position, 4))
        : BinaryPrimitives.ReadUInt32BigEndian(At(position, 4));

    public ReadOnlySpan<byte> At(long position, int count)
    {
        if (position < 0 || position > _bytes.Length - count)
            throw new ImageException($"the {_format} header is damaged or cut off");
        return _bytes.Slice((int)position, count);
    }

    public int Side(uint value)
    {
        if (value > int.MaxValue)
            throw new ImageException($"the {_format} header is damaged: a side of {value} pixels");
        return (int)value;
    }
}
