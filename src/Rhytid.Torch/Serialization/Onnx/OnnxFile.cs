using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Rhytid.Torch.Serialization.Onnx;

/// <summary>
/// The weights of an ONNX model's convolutions and batch normalisations, numbered from 1 in the order of the graph's
/// convolutions:
/// <c>conv1.weight</c>, <c>conv1.bias</c>, <c>bn1.weight</c>, <c>bn1.bias</c>, <c>bn1.running_mean</c>,
/// <c>bn1.running_var</c>.
/// </summary>
/// <remarks>
/// An exporter's own names ("Parameter91") say nothing; the order of the graph does. Nothing of the model is executed,
/// and weights that lie in other files are refused.
/// </remarks>
internal static class OnnxFile
{
    private const long LargestFile = int.MaxValue;
    private const int FloatElements = 1;
    private const int External = 1;

    private static readonly string[] NormInputs = ["weight", "bias", "running_mean", "running_var"];

    /// <summary>Reads the weights.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or holds no convolution.</exception>
    public static IReadOnlyList<StoredTensor> ReadWeights(string path) => CheckpointException.Guard(path, () =>
    {
        if (new FileInfo(path).Length > LargestFile)
            throw new InvalidDataException("an ONNX file of more than 2 GB cannot be read");
        return Read(File.ReadAllBytes(path));
    });

    /// <summary>Reads the weights of a model in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="CheckpointException">As <see cref="ReadWeights"/>.</exception>
    public static IReadOnlyList<StoredTensor> Parse(byte[] bytes, string name = "model") =>
        CheckpointException.Guard(name, () => Read(bytes));

    private static List<StoredTensor> Read(byte[] bytes)
    {
        try
        {
            var (nodes, weights) = ReadModel(bytes);
            return Number(nodes, weights);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException("the file is cut off or no ONNX model", error);
        }
    }

    private static List<StoredTensor> Number(List<OnnxNode> nodes, Dictionary<string, StoredTensor> weights)
    {
        var found = new List<StoredTensor>();
        var convolutions = new Dictionary<string, int>(StringComparer.Ordinal); // by what they make
        var normalized = new HashSet<int>();
        foreach (var node in nodes)
        {
            if (node is { Operator: "Conv", Inputs.Count: >= 2, Outputs: [var made, ..] })
            {
                var number = convolutions.Count + 1;
                if (!convolutions.TryAdd(made, number))
                    throw new InvalidDataException($"two convolutions make the value {Printable.Clip(made)}");
                Take($"conv{number}.weight", node.Inputs[1]);
                if (node.Inputs.Count > 2)
                    Take($"conv{number}.bias", node.Inputs[2]);
            }
            else if (node is { Operator: "BatchNormalization", Inputs.Count: 5 }
                && convolutions.TryGetValue(node.Inputs[0], out var number))
            {
                if (!normalized.Add(number))
                    throw new InvalidDataException($"two batch normalisations follow convolution {number}");
                for (var i = 0; i < NormInputs.Length; i++)
                    Take($"bn{number}.{NormInputs[i]}", node.Inputs[i + 1]);
            }
        }
        return found.Count > 0
            ? found
            : throw new InvalidDataException("this ONNX model has no convolution whose weights it holds");

        void Take(string name, string source)
        {
            if (weights.TryGetValue(source, out var tensor))
                found.Add(tensor with { Name = name });
        }
    }

    // ModelProto: 7 is the graph. GraphProto: 1 nodes, 5 initializers.
    private static (List<OnnxNode> Nodes, Dictionary<string, StoredTensor> Weights) ReadModel(byte[] bytes)
    {
        var nodes = new List<OnnxNode>();
        var weights = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (_, graph) in Messages(bytes, field => field == 7))
        {
            foreach (var (field, part) in Messages(graph, field => field is 1 or 5))
            {
                if (field == 1)
                    nodes.Add(ReadNode(part));
                else if (ReadTensor(part) is { } tensor)
                    weights[tensor.Name] = tensor;
            }
        }
        return (nodes, weights);
    }

    // NodeProto: 1 inputs, 2 outputs, 4 operator.
    private static OnnxNode ReadNode(byte[] bytes)
    {
        var (operation, inputs, outputs) = ("", new List<string>(), new List<string>());
        foreach (var (field, value) in Messages(bytes, field => field is 1 or 2 or 4))
        {
            var text = System.Text.Encoding.UTF8.GetString(value);
            if (field == 4)
                operation = text;
            else
                (field == 1 ? inputs : outputs).Add(text);
        }
        return new OnnxNode(operation, inputs, outputs);
    }

    // TensorProto: 1 sizes, 2 type, 4 floats, 8 name, 9 raw bytes, 14 where the bytes are. Only single precision is of
    // use here.
    private static StoredTensor? ReadTensor(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        var (name, type, shape, values) = ("", 0, new List<long>(), ReadOnlyMemory<byte>.Empty);
        var floats = new List<float>();
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.Varint):
                    shape.Add(input.ReadInt64());
                    break;
                case (1, WireFormat.WireType.LengthDelimited):
                    var sizes = new CodedInputStream(input.ReadBytes().ToByteArray());
                    while (!sizes.IsAtEnd)
                        shape.Add(sizes.ReadInt64());
                    break;
                case (2, WireFormat.WireType.Varint):
                    type = input.ReadInt32();
                    break;
                case (4, WireFormat.WireType.Fixed32):
                    floats.Add(input.ReadFloat());
                    break;
                case (4, WireFormat.WireType.LengthDelimited):
                    var packed = input.ReadBytes();
                    if (packed.Length % sizeof(float) != 0)
                        throw new InvalidDataException("a weight's bytes are no whole number of floats");
                    floats.AddRange(MemoryMarshal.Cast<byte, float>(packed.Span));
                    break;
                case (8, WireFormat.WireType.LengthDelimited):
                    name = input.ReadString();
                    break;
                case (9, WireFormat.WireType.LengthDelimited):
                    values = input.ReadBytes().Memory;
                    break;
                case (14, WireFormat.WireType.Varint):
                    if (input.ReadInt32() == External)
                        throw new InvalidDataException("the model's weights lie in another file; save it in one file");
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
        if (type != FloatElements)
            return null;
        if (values.IsEmpty && floats.Count > 0)
            values = MemoryMarshal.AsBytes<float>(floats.ToArray()).ToArray();
        if (TensorSize.Bytes(name, shape, DType.Float32) != values.Length)
            throw new InvalidDataException(
                $"the weight {Printable.Clip(name)} does not have as many values as its shape ({Printable.Shape(shape)})");
        return new StoredTensor(name, DType.Float32, shape, values);
    }

    // The length-delimited fields that are wanted, in the order of the message.
    private static IEnumerable<(int Field, byte[] Bytes)> Messages(byte[] bytes, Func<int, bool> isWanted)
    {
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited && isWanted(field))
                yield return (field, input.ReadBytes().ToByteArray());
            else
                input.SkipLastField();
        }
    }
}
