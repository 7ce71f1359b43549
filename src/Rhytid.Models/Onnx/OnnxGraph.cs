using System.Globalization;
using System.Runtime.InteropServices;

namespace Rhytid.Models;

/// <summary>An ONNX graph that is being put together: nodes in the order in which they are computed.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, string> _numbers = [];
    private readonly OrderedDictionary<string, StoredTensor> _initializers = [];
    private readonly List<OnnxNode> _nodes = [];

    /// <summary>The nodes.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The constants, each under its own name.</summary>
    public IReadOnlyCollection<StoredTensor> Initializers => _initializers.Values;

    /// <summary>What the graph takes.</summary>
    public List<OnnxValue> Inputs { get; } = [];

    /// <summary>What the graph gives.</summary>
    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>The file's notes.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Adds a node of one result.</summary>
    /// <param name="type">The operator ("Conv").</param>
    /// <param name="inputs">Names of values; empty for one that is left out.</param>
    /// <param name="attributes">Each a long, a long[], a float or a string.</param>
    /// <returns>The result's name.</returns>
    public string Add(string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = NewName(type.ToLowerInvariant());
        _nodes.Add(new OnnxNode(type, inputs, output, attributes));
        return output;
    }

    /// <summary>Adds the conversion of a value to another type of element.</summary>
    public string Cast(string value, DType type) => Add("Cast", [value], ("to", OnnxWriter.Number(type)));

    /// <summary>Adds a node whose result is an output of the graph.</summary>
    public void AddOutput(
        OnnxValue output, string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        _nodes.Add(new OnnxNode(type, inputs, output.Name, attributes));
        Outputs.Add(output);
    }

    /// <summary>Adds a tensor under its own name; one that is there already is not added again.</summary>
    /// <returns>Its name.</returns>
    public string Constant(string name, Func<StoredTensor> read)
    {
        if (!_initializers.ContainsKey(name))
            _initializers[name] = read() with { Name = name };
        return name;
    }

    /// <summary>Adds a tensor that has no name of its own.</summary>
    public string Constant(StoredTensor tensor) => Constant(NewName("constant"), () => tensor);

    /// <summary>Adds real numbers.</summary>
    public string Constant(ReadOnlySpan<float> values, params long[] shape) => Constant(
        new StoredTensor("", DType.Float32, shape, MemoryMarshal.AsBytes(values).ToArray()));

    /// <summary>Adds a real number.</summary>
    public string Constant(double value) => Once(
        value.ToString("R", CultureInfo.InvariantCulture),
        () => Constant(new StoredTensor("", DType.Float32, [], BitConverter.GetBytes((float)value))));

    /// <summary>Adds a real number in double precision.</summary>
    public string Double(double value) => Once(
        $"{value.ToString("R", CultureInfo.InvariantCulture)} in double precision",
        () => Constant(new StoredTensor("", DType.Float64, [], BitConverter.GetBytes(value))));

    /// <summary>Adds a list of integers.</summary>
    public string Integers(params long[] values) => Once(
        $"[{string.Join(' ', values)}]",
        () => Constant(
            new StoredTensor("", DType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray())));

    /// <summary>Adds an integer without a dimension.</summary>
    public string Integer(long value) => Once(
        $"({value})",
        () => Constant(new StoredTensor("", DType.Int64, [], BitConverter.GetBytes(value))));

    private string Once(string key, Func<string> add) =>
        _numbers.TryGetValue(key, out var name) ? name : _numbers[key] = add();

    private string NewName(string kind)
    {
        var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return $"{kind}_{number}";
    }
}

/// <summary>One operator of a graph.</summary>
/// <param name="Type">The operator ("Conv").</param>
/// <param name="Inputs">Names of the values it reads.</param>
/// <param name="Output">Name of the value it makes.</param>
/// <param name="Attributes">Each a long, a long[], a float or a string.</param>
internal sealed record OnnxNode(string Type, string[] Inputs, string Output, (string Name, object Value)[] Attributes);

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Each a size, or the name of one that is only known when the graph is run.</param>
internal sealed record OnnxValue(string Name, DType Type, params string[] Shape);
