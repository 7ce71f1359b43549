using System.Runtime.InteropServices;

namespace Rhytid.Inference.Serialization;

/// <summary>
/// A tensor as a file holds it: its name, type and shape, and its elements in row-major order, little-endian.
/// </summary>
/// <param name="Name">The key in the file ("inc.double_conv.0.weight").</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a single value.</param>
/// <param name="Bytes">Exactly as many bytes as type and shape need. May point into a memory-mapped file: valid while
/// its owner lives.</param>
public sealed record StoredTensor(string Name, DType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    // .NET converts one half in some 5 ns; a network has millions.
    private static readonly Lazy<float[]> SinglesOfHalves = new(
        () => [.. Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))]);

    /// <summary>The elements in single precision, copied.</summary>
    /// <exception cref="InvalidDataException">They are no floating-point numbers.</exception>
    public float[] ToSingles()
    {
        var bytes = Bytes.Span;
        switch (Type)
        {
            case DType.Float32:
                return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            case DType.Float16:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                var (singles, table) = (new float[halves.Length], SinglesOfHalves.Value);
                for (var i = 0; i < singles.Length; i++)
                    singles[i] = table[halves[i]];
                return singles;
            case DType.BFloat16:
                // The upper half of a single.
                return Array.ConvertAll(
                    MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(),
                    upper => BitConverter.UInt32BitsToSingle((uint)upper << 16));
            case DType.Float64:
                return Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value);
            default:
                throw new InvalidDataException(
                    $"tensor '{Printable.Clip(Name)}' holds {SafetensorsTypes.Name(Type)}, no floating-point numbers");
        }
    }
}
