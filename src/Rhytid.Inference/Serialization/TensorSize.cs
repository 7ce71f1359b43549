namespace Rhytid.Inference.Serialization;

/// <summary>How many elements and bytes a shape from a file means; sizes that cannot be are damage.</summary>
internal static class TensorSize
{
    /// <summary>As many as libtorch allows.</summary>
    public const int MaxDimensions = 64;

    /// <summary>The product of the sizes.</summary>
    /// <exception cref="InvalidDataException">A size is negative, or the product overflows.</exception>
    public static long Elements(string name, IReadOnlyList<long> shape)
    {
        if (shape.Count > MaxDimensions)
            throw new InvalidDataException(
                $"tensor '{Printable.Clip(name)}' has {shape.Count} dimensions; the limit is {MaxDimensions}");
        var elements = 1L;
        foreach (var size in shape)
        {
            if (size < 0)
                throw new InvalidDataException(
                    $"tensor '{Printable.Clip(name)}' has a negative size ({Printable.Shape(shape)})");
            if (size != 0 && elements > long.MaxValue / size)
                throw new InvalidDataException(
                    $"tensor '{Printable.Clip(name)}' is impossibly large ({Printable.Shape(shape)})");
            elements *= size;
        }
        return elements;
    }

    /// <summary>Bytes of one tensor; .NET's memory blocks end at 2 GiB.</summary>
    /// <exception cref="InvalidDataException">The shape is impossible or needs more than 2 GiB.</exception>
    public static int Bytes(string name, IReadOnlyList<long> shape, DType type)
    {
        var elements = Elements(name, shape);
        if (elements > int.MaxValue / type.Size())
            throw new InvalidDataException(
                $"tensor '{Printable.Clip(name)}' ({type}, {Printable.Shape(shape)}) is larger than 2 GiB, which cannot be read");
        return (int)elements * type.Size();
    }
}
