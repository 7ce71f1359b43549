namespace Rhytid.Inference.Serialization;

/// <summary>The format's names for element types, in the order in which the reference writer sorts them.</summary>
internal static class SafetensorsTypes
{
    // Increasing alignment; files are written from the last to the first.
    private static readonly (string Name, DType Type)[] InOrder =
    [
        ("BOOL", DType.Bool),
            ("U8", DType.UInt8), ("I8", DType.Int8), ("I16", DType.Int16), ("F16", DType.Float16),
            ("BF16", DType.BFloat16),
            ("I32", DType.Int32), ("F32", DType.Float32), ("F64", DType.Float64), ("I64", DType.Int64),
        ];

    public static string Name(DType type) => InOrder[Rank(type)].Name;

    public static int Rank(DType type) => Array.FindIndex(InOrder, entry => entry.Type == type);

    public static DType Parse(string tensor, string name)
    {
        foreach (var (known, type) in InOrder)
            if (known == name)
                return type;
        throw new InvalidDataException(
            $"tensor '{Printable.Clip(tensor)}' has elements of type {Printable.Clip(name)}; "
            + "readable are F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL");
    }
}
