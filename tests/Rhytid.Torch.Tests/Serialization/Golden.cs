using System.Buffers.Binary;
using Rhytid.Tests.Shared;
using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

/// <summary>Files made by Python (tests/Golden/make_checkpoints.py) and the formulas of their values.</summary>
internal static class Golden
{
    public static string Path(string name) =>
        System.IO.Path.Combine(Repository.Root, "tests", "Golden", "checkpoints", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static double Float(int i) => (i - 3) * 0.25;

    public static double Integer(int i) => (i - 2) * 3;

    public static double Unsigned(int i) => i * 37 % 256;

    public static double Truth(int i) => i % 3 == 0 ? 1 : 0;

    /// <summary>A tensor's elements in row-major order.</summary>
    public static double[] Values(StoredTensor tensor)
    {
        var size = tensor.Type.Size();
        var result = new double[tensor.Bytes.Length / size];
        for (var i = 0; i < result.Length; i++)
            result[i] = Value(tensor.Bytes.Span.Slice(i * size, size), tensor.Type);
        return result;
    }

    public static void AssertTensor(StoredTensor tensor, DType type, long[] shape, Func<int, double> expected)
    {
        Assert.Equal(type, tensor.Type);
        Assert.Equal(shape, tensor.Shape);
        var values = Values(tensor);
        Assert.Equal(shape.Aggregate(1L, (a, b) => a * b), values.Length);
        Assert.Equal(Enumerable.Range(0, values.Length).Select(expected), values);
    }

    public static StoredTensor Floats(string name, params long[] shape)
    {
        var bytes = new byte[shape.Aggregate(1L, (a, b) => a * b) * 4];
        for (var i = 0; i < bytes.Length / 4; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), (float)Float(i));
        return new StoredTensor(name, DType.Float32, shape, bytes);
    }

    private static double Value(ReadOnlySpan<byte> bytes, DType type) => type switch
    {
        DType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        DType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        DType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        DType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        DType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        DType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        DType.Int8 => (sbyte)bytes[0],
        _ => bytes[0],
    };
}
