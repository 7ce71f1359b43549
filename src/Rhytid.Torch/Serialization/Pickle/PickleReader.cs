using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rhytid.Torch.Serialization.Pickle;

/// <summary>
/// Reads a pickle without running anything: instructions build dead data, and only the names in
/// <see cref="PickleGlobals"/>
/// mean something. Python's own reader calls whatever the file names.
/// </summary>
internal sealed class PickleReader
{
    // Far above real checkpoints (about 30 objects a tensor); keeps a small file from filling the memory.
    private const int MaxObjects = 2_000_000;
    private const int MaxLongBytes = 1024;
    private const int MaxLine = 512;
    private const int HighestProtocol = 5;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream _stream;
    private readonly long _length;
    private readonly PickleGlobals _globals = new();
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _objects;

    /// <param name="stream">Seekable; stands at the first instruction, and after the last one when read.</param>
    public PickleReader(Stream stream) => (_stream, _length) = (stream, stream.Length);

    /// <summary>The storages that the pickle names, by key.</summary>
    public IReadOnlyDictionary<string, PickleStorage> Storages => _globals.Storages;

    /// <summary>Reads one pickle from its first instruction to STOP.</summary>
    /// <exception cref="InvalidDataException">Damage, an instruction or a name outside the known ones, or too much of
    /// it.</exception>
    public object? Read()
    {
        while (true)
        {
            var opcode = (PickleOpcode)Byte();
            if (opcode == PickleOpcode.Stop)
                break;
            Execute(opcode);
        }
        var result = Pop();
        return _stack.Count == 0 && _marks.Count == 0 ? result : throw Damaged("values are left over at its end");
    }

    private static InvalidDataException Damaged(string how) => new($"the pickle in the file is damaged: {how}");

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(Byte()); break;
            case PickleOpcode.Frame: Bytes(8); break;

            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case PickleOpcode.BinInt1: Push((long)Byte()); break;
            case PickleOpcode.BinInt2: Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case PickleOpcode.Int: PushInt(Line()); break;
            case PickleOpcode.Long: PushInteger(Decimal(Line())); break;
            case PickleOpcode.Long1: PushInteger(Long(Byte())); break;
            case PickleOpcode.Long4: PushInteger(Long(UInt32())); break;
            case PickleOpcode.BinFloat: Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;

            case PickleOpcode.BinUnicode: Push(Text(UInt32())); break;
            case PickleOpcode.ShortBinUnicode: Push(Text(Byte())); break;
            case PickleOpcode.BinUnicode8: Push(Text(UInt64())); break;
            case PickleOpcode.BinString: Push(Encoding.Latin1.GetString(Bytes(UInt32()))); break;
            case PickleOpcode.ShortBinString: Push(Encoding.Latin1.GetString(Bytes(Byte()))); break;
            case PickleOpcode.BinBytes: Push(Bytes(UInt32())); break;
            case PickleOpcode.ShortBinBytes: Push(Bytes(Byte())); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: Push(Bytes(UInt64())); break;

            case PickleOpcode.EmptyTuple: Push(new PickleTuple([])); break;
            case PickleOpcode.Tuple1: Push(new PickleTuple(PopMany(1))); break;
            case PickleOpcode.Tuple2: Push(new PickleTuple(PopMany(2))); break;
            case PickleOpcode.Tuple3: Push(new PickleTuple(PopMany(3))); break;
            case PickleOpcode.Tuple: Push(new PickleTuple(PopToMark())); break;
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet: Push(new PickleList()); break;
            case PickleOpcode.List or PickleOpcode.FrozenSet: PushList(PopToMark()); break;
            case PickleOpcode.Append: AppendTo(PopMany(1)); break;
            case PickleOpcode.Appends or PickleOpcode.AddItems: AppendTo(PopToMark()); break;
            case PickleOpcode.EmptyDict: Push(new PickleDict()); break;
            case PickleOpcode.Dict: PushDict(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;

            case PickleOpcode.Mark: _marks.Add(_stack.Count); Count(); break;
            case PickleOpcode.Pop: DropOne(); break;
            case PickleOpcode.PopMark: PopToMark(); break;
            case PickleOpcode.Dup: Push(Top()); break;
            case PickleOpcode.Memoize: Memoize((uint)_memo.Count); break;
            case PickleOpcode.BinPut: Memoize(Byte()); break;
            case PickleOpcode.LongBinPut: Memoize(UInt32()); break;
            case PickleOpcode.BinGet: Recall(Byte()); break;
            case PickleOpcode.LongBinGet: Recall(UInt32()); break;

            case PickleOpcode.Global: Push(PickleGlobals.Resolve(Line(), Line())); break;
            case PickleOpcode.StackGlobal: StackGlobal(); break;
            case PickleOpcode.Reduce or PickleOpcode.NewObj: Call(); break;
            case PickleOpcode.Build: Build(); break;
            case PickleOpcode.BinPersId: Push(_globals.Persistent(Pop())); break;

            default:
                throw new InvalidDataException(
                    $"the pickle in the file is damaged or uses an instruction that is not read (0x{(byte)opcode:x2} at byte {_stream.Position - 1})");
        }
    }

    private static void CheckProtocol(int protocol)
    {
        if (protocol > HighestProtocol)
            throw new InvalidDataException(
                $"the file uses pickle protocol {protocol}; readable are 1 to {HighestProtocol}");
    }

    private void PushList(object?[] items)
    {
        var list = new PickleList();
        list.Items.AddRange(items);
        Push(list);
    }

    private void PushDict(object?[] items)
    {
        Push(new PickleDict());
        SetItems(items);
    }

    private void AppendTo(object?[] items)
    {
        if (Top() is not PickleList list)
            throw Damaged("items for a list, but no list");
        list.Items.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PickleDict dict || items.Length % 2 != 0)
            throw Damaged("entries for a dictionary, but no dictionary");
        for (var i = 0; i < items.Length; i += 2)
            dict.Items.Add(new(items[i], items[i + 1]));
    }

    private void StackGlobal()
    {
        if (Pop() is not string name || Pop() is not string module)
            throw Damaged("a type without a name");
        Push(PickleGlobals.Resolve(module, name));
    }

    private void Call()
    {
        var arguments = Pop();
        var callable = Pop();
        if (arguments is not PickleTuple tuple || callable is not PickleGlobal global)
            throw Damaged("a call of something that is no function");
        Push(PickleGlobals.Call(global, tuple.Items));
    }

    private void Build()
    {
        var state = Pop();
        _stack[^1] = PickleGlobals.Build(Top(), state);
    }

    private void Memoize(uint index)
    {
        Count();
        _memo[index] = Top();
    }

    private void Recall(uint index) =>
        Push(_memo.TryGetValue(index, out var value)
            ? value
            : throw Damaged($"it refers to an object {index} that it never made"));

    private void Push(object? value)
    {
        Count();
        _stack.Add(value);
    }

    private void Count()
    {
        if (++_objects > MaxObjects)
            throw new InvalidDataException(
                $"the pickle in the file makes more than {MaxObjects} objects, more than any state dictionary needs");
    }

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw Damaged("it takes a value where there is none");

    private object? Pop()
    {
        var value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    // Values below the last mark belong to what is still being built.
    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    private object?[] PopMany(int count)
    {
        if (_stack.Count - Floor < count)
            throw Damaged("it takes a value where there is none");
        return TakeFrom(_stack.Count - count);
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw Damaged("a group ends that never began");
        var start = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return TakeFrom(start);
    }

    private object?[] TakeFrom(int start)
    {
        var items = _stack.GetRange(start, _stack.Count - start).ToArray();
        _stack.RemoveRange(start, items.Length);
        return items;
    }

    private void DropOne()
    {
        if (_marks.Count > 0 && _marks[^1] == _stack.Count)
            _marks.RemoveAt(_marks.Count - 1);
        else
            Pop();
    }

    private byte Byte()
    {
        var value = _stream.ReadByte();
        return value >= 0 ? (byte)value : throw new InvalidDataException("the pickle in the file is cut off");
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    private byte[] Bytes(ulong count)
    {
        if (count > (ulong)(_length - _stream.Position) || count > (ulong)Array.MaxLength)
            throw new InvalidDataException("the pickle in the file is cut off");
        var bytes = new byte[(int)count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private string Text(ulong count)
    {
        try
        {
            return StrictUtf8.GetString(Bytes(count));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException("the pickle in the file is damaged: a text is not UTF-8", error);
        }
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (byte b; (b = Byte()) != '\n';)
        {
            if (line.Length == MaxLine)
                throw Damaged("a line does not end");
            line.Append((char)b);
        }
        return line.ToString();
    }

    private void PushInt(string line)
    {
        // Protocol 1 has no instructions for truth values.
        if (line is "00" or "01")
            Push(line == "01");
        else
            PushInteger(Decimal(line));
    }

    private void PushInteger(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            Push((long)value);
        else
            Push(value);
    }

    private static BigInteger Decimal(string line) =>
        BigInteger.TryParse(
            line.EndsWith('L') ? line[..^1] : line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var value)
            ? value
            : throw Damaged("a number has other signs than digits");

    private BigInteger Long(ulong count) =>
        count <= MaxLongBytes ? new BigInteger(Bytes(count)) : throw Damaged($"a number of {count} bytes");
}
