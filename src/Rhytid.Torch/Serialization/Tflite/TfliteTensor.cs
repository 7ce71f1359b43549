namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// A value in a TFLite graph: computed when the graph runs, or a constant (weights) that stands in the file.
/// </summary>
/// <param name="Name">As the model's maker called it; for messages.</param>
/// <param name="Type">Element type; null for types that are not read (text, complex and packed numbers).</param>
/// <param name="Shape">Sizes, outermost first; images are (N, H, W, C).</param>
/// <param name="Data">A constant's elements in row-major order, exactly as many bytes as it needs; null for a computed
/// value.</param>
public sealed record TfliteTensor(string Name, DType? Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte>? Data)
{
    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (var size in Shape)
                count *= size;
            return count;
        }
    }

    /// <summary>Whether the elements stand in the file.</summary>
    public bool IsConstant => Data is not null;
}
