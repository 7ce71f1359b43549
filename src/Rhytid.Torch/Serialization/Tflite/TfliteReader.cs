namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// Takes a TFLite file apart (the published schema, version 3). Counts are limited, tensor numbers checked and
/// constants have exactly the bytes that their type and shape need; damage is an <see cref="InvalidDataException"/>.
/// </summary>
internal static class TfliteReader
{
    private const int MaxTensors = 1 << 14;
    private const int MaxOperators = 1 << 14;
    private const int MaxDimensions = 6;
    private const int MaxOperands = 16;
    private const int MaxNameBytes = 1024;

    public static TfliteModel Read(ReadOnlyMemory<byte> bytes, string name)
    {
        var file = new FlatBuffer(bytes);
        if (!file.HasIdentifier("TFL3"u8))
            throw new InvalidDataException("not a TFLite model (the letters TFL3 are missing)");
        var root = file.Root;
        if (root.Int32(ModelField.Version) is not 3 and var version)
            throw new InvalidDataException($"version {version} of the TFLite format is not read, only 3");
        var codes = Array.ConvertAll(
            root.Tables(ModelField.OperatorCodes, MaxOperators, "kinds of operators"), ReadCode);
        var buffers = Array.ConvertAll(root.Tables(ModelField.Buffers, MaxTensors, "buffers"), ReadBuffer);
        var graphs = root.Tables(ModelField.Subgraphs, most: 1, "subgraphs");
        if (graphs.Length == 0)
            throw new InvalidDataException("the model has no graph");
        var graph = graphs[0];
        var tensors = Array.ConvertAll(
            graph.Tables(GraphField.Tensors, MaxTensors, "tensors"), table => ReadTensor(table, buffers));
        return new TfliteModel
        {
            File = name,
            FileBytes = bytes.Length,
            Description = root.Text(ModelField.Description, MaxNameBytes, "bytes of description"),
            Tensors = tensors,
            Inputs = Numbers(graph.Int32s(GraphField.Inputs, MaxOperands, "inputs"), tensors.Length, optional: false),
            Outputs = Numbers(
                graph.Int32s(GraphField.Outputs, MaxOperands, "outputs"), tensors.Length, optional: false),
            Operators = Array.ConvertAll(
                graph.Tables(GraphField.Operators, MaxOperators, "operators"),
                table => ReadOperator(table, codes, tensors.Length)),
        };
    }

    // The number was one byte once; files keep filling the old field up to 127.
    private static (TfliteOperatorCode Code, string Name) ReadCode(FlatTable table)
    {
        var code = (TfliteOperatorCode)Math.Max(table.Byte(CodeField.Old), table.Int32(CodeField.New));
        var custom = table.Text(CodeField.Custom, MaxNameBytes, "bytes in an operator's name");
        return (code,
            code == TfliteOperatorCode.Custom ? $"{Printable.Clip(custom)} (a custom operator)" : code.Name());
    }

    private static ReadOnlyMemory<byte>? ReadBuffer(FlatTable table)
    {
        // Files above 2 GB keep their weights behind the tables.
        if (table.Has(BufferField.Offset))
            throw new InvalidDataException("weights that stand behind the model's tables are not read");
        var data = table.Bytes(BufferField.Data, int.MaxValue, "bytes");
        return data is { Length: > 0 } ? data : null;
    }

    private static TfliteTensor ReadTensor(FlatTable table, ReadOnlyMemory<byte>?[] buffers)
    {
        var name = Printable.Clip(table.Text(TensorField.Name, MaxNameBytes, "bytes in a tensor's name"));
        var shape = table.Int32s(TensorField.Shape, MaxDimensions, $"dimensions in tensor '{name}'");
        long count = 1;
        foreach (var size in shape)
        {
            if (size <= 0)
                throw new InvalidDataException(
                    $"tensor '{name}' has a dimension of {size}; sizes must be fixed in the file");
            // Below 2^24 times 2^31: no overflow before the check.
            if ((count *= size) > TfliteModel.MaxElements)
                throw new InvalidDataException($"tensor '{name}' has more than {TfliteModel.MaxElements} elements");
        }
        var type = TypeOf(table.Byte(TensorField.Type));
        var number = table.Int32(TensorField.Buffer);
        if ((uint)number >= (uint)buffers.Length)
            throw new InvalidDataException(
                $"tensor '{name}' refers to buffer {(uint)number}, but there are {buffers.Length}");
        var data = buffers[number];
        if (data is not null && type is { } known && data.Value.Length != count * known.Size())
            throw new InvalidDataException(
                $"tensor '{name}' needs {count * known.Size()} bytes, but its buffer has {data.Value.Length}");
        return new TfliteTensor(name, type, shape, data);
    }

    private static TfliteOperator ReadOperator(
        FlatTable table, (TfliteOperatorCode Code, string Name)[] codes, int tensors)
    {
        var index = table.Int32(OperatorField.Code);
        if ((uint)index >= (uint)codes.Length)
            throw new InvalidDataException($"an operator is of kind {(uint)index}, but there are {codes.Length}");
        var (code, name) = codes[index];
        return new TfliteOperator(code, name,
            Numbers(table.Int32s(OperatorField.Inputs, MaxOperands, $"inputs of {name}"), tensors, optional: true),
            Numbers(table.Int32s(OperatorField.Outputs, MaxOperands, $"outputs of {name}"), tensors, optional: false),
            TfliteOptionsReader.Read(
                code, name, table.Byte(OperatorField.OptionsType), table.Table(OperatorField.Options)));
    }

    private static int[] Numbers(int[] numbers, int tensors, bool optional)
    {
        foreach (var number in numbers)
            if (number >= tensors || number < (optional ? -1 : 0))
                throw new InvalidDataException($"there is no tensor {number} (the model has {tensors})");
        return numbers;
    }

    private static DType? TypeOf(byte type) => type switch
    {
        0 => DType.Float32,
        1 => DType.Float16,
        2 => DType.Int32,
        3 => DType.UInt8,
        4 => DType.Int64,
        6 => DType.Bool,
        7 => DType.Int16,
        9 => DType.Int8,
        10 => DType.Float64,
        _ => null,
    };

    private static class ModelField
    {
        public const int Version = 0, OperatorCodes = 1, Subgraphs = 2, Description = 3, Buffers = 4;
    }

    private static class GraphField
    {
        public const int Tensors = 0, Inputs = 1, Outputs = 2, Operators = 3;
    }

    private static class CodeField
    {
        public const int Old = 0, Custom = 1, New = 3;
    }

    private static class BufferField
    {
        public const int Data = 0, Offset = 1;
    }

    private static class TensorField
    {
        public const int Shape = 0, Type = 1, Buffer = 2, Name = 3;
    }

    private static class OperatorField
    {
        public const int Code = 0, Inputs = 1, Outputs = 2, OptionsType = 3, Options = 4;
    }
}
