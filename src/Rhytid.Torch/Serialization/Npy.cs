using System.Buffers.Binary;
using System.Text;

namespace Rhytid.Torch.Serialization;

/// <summary>
/// NumPy's .npy files: one array each. Format versions 1 to 3 are read, version 1 is written. Readable are
/// little-endian floats and integers and truth values, in C or Fortran order; the result is always in C (row-major)
/// order. Unsigned 16 and 32-bit integers come as the next wider signed type.
/// </summary>
public static class Npy
{
    private const int MaxHeaderBytes = 1 << 20;
    private const int Alignment = 64;
    // NumPy leaves room for the first size to grow to this many digits; so its bytes and these are the same.
    private const int GrowthDigits = 21;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file. The tensor is called as the file, without its extension.</summary>
    /// <exception cref="CheckpointException">The file is damaged, no .npy file, or its elements are of a type that is
    /// not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StoredTensor Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return CheckpointException.Guard(path, () => Read(stream, Path.GetFileNameWithoutExtension(path)));
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The tensor's name, and what messages call the file.</param>
    /// <exception cref="CheckpointException">As <see cref="Read(string)"/>.</exception>
    public static StoredTensor Parse(byte[] bytes, string name = "array")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return CheckpointException.Guard(name, () => Read(new MemoryStream(bytes, writable: false), name));
    }

    /// <summary>Writes a file whole or not at all, byte for byte as NumPy does.</summary>
    /// <exception cref="ArgumentException">NumPy has no such element type (BFloat16), or the bytes do not fit the
    /// shape.</exception>
    /// <exception cref="IOException">The place cannot be written; nothing is left behind then.</exception>
    public static void Write(string path, StoredTensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = ToBytes(tensor);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="ArgumentException">As <see cref="Write"/>.</exception>
    public static byte[] ToBytes(StoredTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        StoredTensors.RequireConsistent(tensor, nameof(tensor));
        return [.. Header(tensor), .. tensor.Bytes.Span];
    }

    private static StoredTensor Read(Stream stream, string name)
    {
        var header = NpyHeader.Parse(HeaderText(stream));
        var (type, stored) = ElementType(header.Descr);
        var elements = TensorSize.Elements(name, header.Shape);
        var declared = (Int128)elements * stored;
        if (declared != stream.Length - stream.Position)
            throw new InvalidDataException(
                $"the header says {declared} bytes of elements ({Printable.Shape(header.Shape)}, {header.Descr}); the file has {stream.Length - stream.Position}");
        TensorSize.Bytes(name, header.Shape, type);
        var bytes = new byte[(int)declared];
        stream.ReadExactly(bytes);
        if (stored != type.Size())
            bytes = Widen(bytes, stored);
        if (header.FortranOrder)
            bytes = ToRowMajor(bytes, header.Shape, type.Size());
        return new StoredTensor(name, type, header.Shape, bytes);
    }

    private static string HeaderText(Stream stream)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start, 10, throwOnEndOfStream: false) < 10 || !start.StartsWith(Magic))
            throw new InvalidDataException("this is no .npy file");
        var version = start[6];
        if (version is < 1 or > 3 || start[7] != 0)
            throw new InvalidDataException(
                $"this is a .npy file of version {version}.{start[7]}; readable are 1.0, 2.0 and 3.0");
        stream.Position = version == 1 ? 10 : 12;
        var length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > stream.Length - stream.Position || length > MaxHeaderBytes)
            throw new InvalidDataException(
                $"the .npy header says it has {length} bytes; the file is cut off or damaged");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    private static (DType Type, int StoredSize) ElementType(string descr) => descr switch
    {
        "<f4" => (DType.Float32, 4),
        "<f8" => (DType.Float64, 8),
        "<f2" => (DType.Float16, 2),
        "<i8" => (DType.Int64, 8),
        "<i4" => (DType.Int32, 4),
        "<i2" => (DType.Int16, 2),
        "|i1" => (DType.Int8, 1),
        "|u1" => (DType.UInt8, 1),
        "|b1" => (DType.Bool, 1),
        "<u2" => (DType.Int32, 2),
        "<u4" => (DType.Int64, 4),
        ['|', 'O', ..] =>
            throw new InvalidDataException("the array holds Python objects; such arrays are pickles and are not read"),
        ['>', ..] =>
            throw new InvalidDataException(
                $"the array is big-endian ({Printable.Clip(descr)}), which is not read; in Python: array.astype(array.dtype.newbyteorder('<'))"),
        _ => throw new InvalidDataException(
            $"the array's elements are of type {Printable.Clip(descr)}; readable are f2, f4, f8, i1, i2, i4, i8, u1, u2, u4 and b1"),
    };

    private static byte[] Widen(byte[] bytes, int size)
    {
        var wide = new byte[bytes.Length * 2];
        for (var i = 0; i < bytes.Length; i += size)
            bytes.AsSpan(i, size).CopyTo(wide.AsSpan(i * 2));
        return wide;
    }

    private static byte[] ToRowMajor(byte[] bytes, long[] shape, int size)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return StridedCopy.ToRowMajor(bytes, 0, shape, strides, size, bytes.Length);
    }

    private static byte[] Header(StoredTensor tensor)
    {
        var descr = tensor.Type switch
        {
            DType.Float32 => "<f4",
            DType.Float64 => "<f8",
            DType.Float16 => "<f2",
            DType.Int64 => "<i8",
            DType.Int32 => "<i4",
            DType.Int16 => "<i2",
            DType.Int8 => "|i1",
            DType.UInt8 => "|u1",
            DType.Bool => "|b1",
            _ => throw new ArgumentException(
                $"NumPy has no element type for {tensor.Type}; convert it to Float32 first", nameof(tensor)),
        };
        var shape = tensor.Shape.Count == 1 ? $"{tensor.Shape[0]}," : string.Join(", ", tensor.Shape);
        var text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}";
        if (tensor.Shape.Count > 0)
            text += new string(' ', Math.Max(0, GrowthDigits - $"{tensor.Shape[0]}".Length));
        var unpadded = Magic.Length + 4 + text.Length + 1;
        text += new string(' ', Alignment - (unpadded % Alignment)) + '\n';
        var header = new byte[Magic.Length + 4 + text.Length];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)text.Length));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        return header;
    }
}
