using System.Runtime.InteropServices;
using static Rhytid.Tests.Shared.Tflite.FlatBuilder;

namespace Rhytid.Tests.Shared.Tflite;

/// <summary>Writes small TFLite models for tests.</summary>
internal sealed class TfliteBuilder
{
    public const int Add = 0, Conv = 3, Depthwise = 4, Logistic = 14, MaxPool = 17, Pad = 34, Prelu = 54;

    private readonly List<Table> _tensors = [];
    private readonly List<Table> _buffers = [new()];
    private readonly List<Table> _operators = [];
    private readonly List<int> _codes = [];

    public int Version { get; set; } = 3;

    /// <summary>A computed value.</summary>
    public int Value(params int[] shape) => Tensor(shape, type: 0, buffer: 0);

    /// <summary>A constant of single precision.</summary>
    public int Constant(float[] values, params int[] shape) => Constant(MemoryMarshal.AsBytes<float>(values), 0, shape);

    /// <summary>A constant of integers.</summary>
    public int Constant(int[] values, params int[] shape) => Constant(MemoryMarshal.AsBytes<int>(values), 2, shape);

    /// <summary>A constant of any type, by the schema's number.</summary>
    public int Constant(ReadOnlySpan<byte> bytes, byte type, int[] shape)
    {
        _buffers.Add(new Table(new Bytes(bytes.ToArray())));
        return Tensor(shape, type, _buffers.Count - 1);
    }

    public int Operator(int code, int[] inputs, int output, byte optionsType = 0, Table? options = null)
    {
        if (!_codes.Contains(code))
            _codes.Add(code);
        _operators.Add(new Table(_codes.IndexOf(code), new Numbers(inputs), new Numbers(output), optionsType, options));
        return output;
    }

    public int AddConv(
        int input, int weight, int bias, int output, byte padding, int stride, byte activation = 0, int dilation = 1) =>
        Operator(
            Conv, [input, weight, bias], output, 1, new Table(padding, stride, stride, activation, dilation, dilation));

    public int AddDepthwise(
        int input, int weight, int bias, int output, byte padding, int stride, int multiplier = 1) =>
        Operator(Depthwise, [input, weight, bias], output, 2, new Table(padding, stride, stride, multiplier, (byte)0));

    public int AddMaxPool(int input, int output, byte padding, int stride, int filter) =>
        Operator(MaxPool, [input], output, 5, new Table(padding, stride, stride, filter, filter, (byte)0));

    public int AddAddition(int left, int right, int output, byte activation = 0) =>
        Operator(Add, [left, right], output, 11, new Table(activation));

    public byte[] Build(int input, params int[] outputs) => File("TFL3", new Table(
        Version,
        new Tables([.. _codes.Select(code => new Table((byte)code, null, 1, code))]),
        new Tables(new Table(new Tables(_tensors), new Numbers(input), new Numbers(outputs), new Tables(_operators))),
        new Bytes("made for a test"),
        new Tables(_buffers)));

    /// <summary>A model with each operator that can be run: (1, 5, 5, 2) to (1, 2, 2, 4).</summary>
    public static byte[] OfEveryOperator()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 5, 5, 2);
        var conv = model.AddConv(
            input, model.Constant(Ramp(2 * 3 * 3 * 2), 2, 3, 3, 2), model.Constant([0.5f, -0.5f], 2),
            model.Value(1, 3, 3, 2), padding: 0, stride: 2, activation: 1);
        var depthwise = model.AddDepthwise(
            conv, model.Constant(Ramp(18), 1, 3, 3, 2), model.Constant([1f, 2f], 2), model.Value(1, 3, 3, 2),
            padding: 0, stride: 1);
        var prelu = model.Operator(Prelu, [depthwise, model.Constant([0.1f, 0.2f], 1, 1, 2)], model.Value(1, 3, 3, 2));
        var sum = model.AddAddition(prelu, conv, model.Value(1, 3, 3, 2));
        var pool = model.AddMaxPool(sum, model.Value(1, 2, 2, 2), padding: 0, stride: 2, filter: 2);
        var padded = model.Operator(
            Pad, [pool, model.Constant([0, 0, 0, 0, 0, 0, 0, 2], 4, 2)], model.Value(1, 2, 2, 4));
        return model.Build(input, padded);
    }

    public static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => ((i * 7 % 11) - 5) / 10f)];

    private int Tensor(int[] shape, byte type, int buffer)
    {
        _tensors.Add(new Table(new Numbers(shape), type, buffer, new Bytes($"tensor{_tensors.Count}")));
        return _tensors.Count - 1;
    }
}
