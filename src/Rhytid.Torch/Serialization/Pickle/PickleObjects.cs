namespace Rhytid.Torch.Serialization.Pickle;

// What a pickle can hold besides null, bool, long, BigInteger, double, string and byte[]: dead data, no behaviour.

/// <summary>A list or a set.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A tuple; also a torch.Size.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A dictionary of any kind, or an object that is nothing but named values (argparse.Namespace).</summary>
internal sealed class PickleDict(bool isNamespace = false)
{
    public bool IsNamespace { get; } = isNamespace;

    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>The name of a Python class or function from the list of known ones.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>A value of which only the text is kept ("cpu", "torch.float32").</summary>
internal sealed record PickleText(string Text);

/// <summary>A torch element type; null for those that no tensor here can have.</summary>
internal sealed record PickleTorchType(string Name, DType? Type);

/// <summary>A NumPy element type such as "f8", little-endian.</summary>
internal sealed record PickleNumpyType(string Code);

/// <summary>A NumPy array, of which only shape and type are kept.</summary>
internal sealed class PickleNumpyArray
{
    public string Text { get; set; } = "NumPy array";
}

/// <summary>A block of elements that tensors look into. Its bytes come from elsewhere in the file.</summary>
/// <param name="Key">The block's name in the file.</param>
/// <param name="Type">Element type; null for a block of bytes.</param>
/// <param name="ByteLength">Bytes as declared.</param>
internal sealed record PickleStorage(string Key, DType? Type, int ByteLength)
{
    public int ElementSize => Type?.Size() ?? 1;

    /// <summary>Set when the container's part of the file has been read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}

/// <summary>A view into a storage. Offset and strides count elements.</summary>
internal sealed record PickleTensor(PickleStorage Storage, DType Type, long Offset, long[] Shape, long[] Strides);
