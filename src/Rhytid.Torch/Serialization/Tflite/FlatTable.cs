namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// One table of a FlatBuffers file: numbered fields, of which any may be absent and then has its default.
/// </summary>
internal readonly struct FlatTable
{
    private const int VtableHeader = 4;
    private readonly FlatBuffer _file;
    private readonly int _at;
    private readonly int _size;
    private readonly int _vtable;
    private readonly int _fields;

    public FlatTable(FlatBuffer file, int at)
    {
        (_file, _at) = (file, at);
        // The table begins with the distance back to its list of field positions.
        var vtable = (long)at - file.Int32(at);
        if (vtable < 0 || vtable > file.Length - VtableHeader)
            throw FlatBuffer.Damaged($"the table at byte {at} has no list of fields");
        _vtable = (int)vtable;
        var length = file.UInt16(_vtable);
        _size = file.UInt16(_vtable + 2);
        if (length < VtableHeader
            || length % 2 != 0
            || length > file.Length - _vtable
            || _size < 4
            || _size > file.Length - at)
            throw FlatBuffer.Damaged($"the table at byte {at} has impossible sizes");
        _fields = (length - VtableHeader) / 2;
    }

    public bool Has(int field) => TryFind(field, 1, out _);

    public byte Byte(int field, byte absent = 0) => TryFind(field, 1, out var at) ? _file.Byte(at) : absent;

    public int Int32(int field, int absent = 0) => TryFind(field, 4, out var at) ? _file.Int32(at) : absent;

    public FlatTable? Table(int field) => TryFind(field, 4, out var at) ? new FlatTable(_file, _file.Follow(at)) : null;

    /// <summary>Tables of a list, one after the other; empty where the field is absent.</summary>
    public FlatTable[] Tables(int field, int most, string what)
    {
        if (!TryVector(field, 4, most, what, out var first, out var count))
            return [];
        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++)
            tables[i] = new FlatTable(_file, _file.Follow(first + (4 * i)));
        return tables;
    }

    public int[] Int32s(int field, int most, string what)
    {
        if (!TryVector(field, 4, most, what, out var first, out var count))
            return [];
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
            numbers[i] = _file.Int32(first + (4 * i));
        return numbers;
    }

    /// <summary>Bytes of a list, without a copy; null where the field is absent.</summary>
    public ReadOnlyMemory<byte>? Bytes(int field, int most, string what) =>
        // The cast matters: a bare null would become an empty memory here.
        TryVector(field, 1, most, what, out var first, out var count)
            ? _file.Slice(first, count)
            : (ReadOnlyMemory<byte>?)null;

    /// <summary>A text; empty where the field is absent.</summary>
    public string Text(int field, int most, string what) =>
        Bytes(field, most, what) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes.Span) : "";

    private bool TryFind(int field, int width, out int at)
    {
        at = 0;
        if (field >= _fields)
            return false;
        var offset = _file.UInt16(_vtable + VtableHeader + (2 * field));
        if (offset == 0)
            return false;
        if (offset < 4 || offset > _size - width)
            throw FlatBuffer.Damaged($"field {field} of the table at byte {_at} lies outside it");
        at = _at + offset;
        return true;
    }

    private bool TryVector(int field, int width, int most, string what, out int first, out int count)
    {
        (first, count) = (0, 0);
        if (!TryFind(field, 4, out var at))
            return false;
        var vector = _file.Follow(at);
        count = _file.Int32(vector);
        if (count < 0 || count > most)
            throw new InvalidDataException($"it has {(uint)count} {what}, more than the {most} that are read");
        first = vector + 4;
        _ = _file.Slice(first, checked((int)Math.Min((long)count * width, int.MaxValue)));
        return true;
    }
}
