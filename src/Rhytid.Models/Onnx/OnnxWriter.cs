using System.Globalization;

namespace Rhytid.Models;

/// <summary>Writes graphs as ONNX files. The numbers of fields are those of the standard's <c>onnx.proto</c>.</summary>
internal static class OnnxWriter
{
    /// <summary>The set of operators that graphs use.</summary>
    public const int Opset = 18;

    private const int IrVersion = 8;
    private const string Producer = "rhytid";

    /// <summary>Writes a model.</summary>
    /// <exception cref="NotSupportedException">It is larger than Protocol Buffers allow.</exception>
    public static void Write(OnnxGraph graph, Stream stream)
    {
        var model = new ProtoMessage()
            .Add(1, IrVersion)
            .Add(2, Producer)
            .Add(7, Graph(graph))
            .Add(8, new ProtoMessage().Add(2, Opset))
            .AddAll(14, graph.Metadata, pair => new ProtoMessage().Add(1, pair.Key).Add(2, pair.Value));
        if (model.Length > int.MaxValue)
            throw new NotSupportedException("an ONNX file of more than 2 GB cannot be written");
        model.WriteTo(stream);
    }

    private static ProtoMessage Graph(OnnxGraph graph) => new ProtoMessage()
        .AddAll(1, graph.Nodes, Node)
        .Add(2, Producer)
        .AddAll(5, graph.Initializers, Tensor)
        .AddAll(11, graph.Inputs, Value)
        .AddAll(12, graph.Outputs, Value);

    private static ProtoMessage Node(OnnxNode node)
    {
        var message = new ProtoMessage();
        foreach (var input in node.Inputs)
            message.Add(1, input);
        return message.Add(2, node.Output).Add(3, node.Output).Add(4, node.Type).AddAll(5, node.Attributes, Attribute);
    }

    private static ProtoMessage Attribute((string Name, object Value) attribute)
    {
        var message = new ProtoMessage().Add(1, attribute.Name);
        switch (attribute.Value)
        {
            case float real:
                return message.Add(2, real).Add(20, 1);
            case long integer:
                return message.Add(3, integer).Add(20, 2);
            case string text:
                return message.Add(4, text).Add(20, 3);
            default:
                foreach (var integer in (long[])attribute.Value)
                    message.Add(8, integer);
                return message.Add(20, 7);
        }
    }

    private static ProtoMessage Tensor(StoredTensor tensor)
    {
        var message = new ProtoMessage();
        foreach (var size in tensor.Shape)
            message.Add(1, size);
        return message.Add(2, Number(tensor.Type)).Add(8, tensor.Name).Add(9, tensor.Bytes);
    }

    private static ProtoMessage Value(OnnxValue value)
    {
        var shape = new ProtoMessage().AddAll(1, value.Shape, Dimension);
        var tensor = new ProtoMessage().Add(1, Number(value.Type)).Add(2, shape);
        return new ProtoMessage().Add(1, value.Name).Add(2, new ProtoMessage().Add(1, tensor));
    }

    private static ProtoMessage Dimension(string size) =>
        long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ProtoMessage().Add(1, number)
            : new ProtoMessage().Add(2, size);

    /// <summary>The standard's number of an element type.</summary>
    /// <exception cref="NotSupportedException">No exported graph uses it.</exception>
    public static long Number(DType type) => type switch
    {
        DType.Float32 => 1,
        DType.UInt8 => 2,
        DType.Int64 => 7,
        DType.Bool => 9,
        DType.Float64 => 11,
        _ => throw new NotSupportedException($"{type} is no type of an exported graph"),
    };
}
