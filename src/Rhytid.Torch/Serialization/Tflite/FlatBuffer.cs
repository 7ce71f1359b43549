using System.Buffers.Binary;

namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// The bytes of a FlatBuffers file. Everything in such a file is found through offsets, so every read is checked
/// against the file's end: a wrong offset is an <see cref="InvalidDataException"/>. Offsets point forwards, so nothing
/// can turn in circles.
/// </summary>
internal sealed class FlatBuffer(ReadOnlyMemory<byte> bytes)
{
    private const int IdentifierAt = 4;

    /// <summary>Length of the file in bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>The table that the file's first offset points to.</summary>
    public FlatTable Root => new(this, Follow(0));

    /// <summary>Whether the four letters that tell the kind of file stand after the first offset.</summary>
    public bool HasIdentifier(ReadOnlySpan<byte> identifier) =>
        bytes.Length >= IdentifierAt + identifier.Length
            && bytes.Span.Slice(IdentifierAt, identifier.Length).SequenceEqual(identifier);

    public byte Byte(int at) => Span(at, 1)[0];

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Span(at, 2));

    public int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(Span(at, 4));

    /// <summary>Where the offset at a place points to.</summary>
    public int Follow(int at)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(Span(at, 4));
        if (offset == 0 || offset > (uint)(bytes.Length - at))
            throw Damaged($"the offset at byte {at} points outside the file");
        return at + (int)offset;
    }

    /// <summary>A part of the file, without a copy.</summary>
    public ReadOnlyMemory<byte> Slice(int at, int length) =>
        IsInside(at, length) ? bytes.Slice(at, length) : throw CutOff(at, length);

    public static InvalidDataException Damaged(string what) => new($"the file is damaged ({what})");

    private ReadOnlySpan<byte> Span(int at, int length) =>
        IsInside(at, length) ? bytes.Span.Slice(at, length) : throw CutOff(at, length);

    private bool IsInside(int at, int length) => at >= 0 && length >= 0 && at <= bytes.Length - length;

    private InvalidDataException CutOff(int at, int length) =>
        Damaged($"{length} bytes at {at} lie outside its {bytes.Length} bytes; it may be cut off");
}
