namespace Rhytid.Models;

/// <summary>Turns recorded operators of libtorch into nodes of a graph.</summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="input">The network's input as it was recorded.</param>
/// <param name="inputName">The network's input in the graph.</param>
internal sealed partial class OperatorTranslator(OnnxGraph graph, RecordedValue input, string inputName)
{
    private const double InverseRootOfTwo = 0.70710678118654752;

    private readonly List<(RecordedValue Value, string Name)> _known = [(input, inputName)];
    private readonly Dictionary<int, string> _names = new() { [input.Number] = inputName };
    private readonly Dictionary<RecordedConstant, string> _constants = [];
    private readonly Dictionary<(string Name, int Dimension), string> _sizes = [];

    /// <summary>Adds the nodes of one call.</summary>
    /// <exception cref="SizeDependentException">It cannot be said for any size.</exception>
    /// <exception cref="NotSupportedException">The operator is not known here.</exception>
    public void Add(RecordedCall call)
    {
        if (call.Results is not [var result])
            throw new NotSupportedException($"the operator {call.Operator} of several results cannot be exported");
        _names[result.Number] = Translate(call, result);
        _known.Add((result, _names[result.Number]));
    }

    /// <summary>Name in the graph of a value that was recorded.</summary>
    public string NameOf(RecordedValue value) => _names[value.Number];

    private string Translate(RecordedCall call, RecordedValue result)
    {
        var a = call.Arguments;
        switch (call.Operator)
        {
            case "aten::conv2d": return Convolution(a);
            case "aten::conv_transpose2d.input": return TransposedConvolution(a);
            case "aten::linear": return Linear(a);
            case "aten::matmul": return graph.Add("MatMul", [Name(a[0]), Name(a[1])]);
            case "aten::batch_norm": return BatchNorm(a);
            case "aten::instance_norm": return InstanceNorm(a);
            case "aten::layer_norm": return LayerNorm(a);
            case "aten::relu" or "aten::relu_": return graph.Add("Relu", [Name(a[0])]);
            case "aten::leaky_relu" or "aten::leaky_relu_":
                return graph.Add("LeakyRelu", [Name(a[0])], ("alpha", (float)Number(a, 1, 0.01)));
            case "aten::prelu":
                return graph.Add("PRelu", [Name(a[0]), graph.Add("Unsqueeze", [Name(a[1]), graph.Integers(1, 2)])]);
            case "aten::gelu": return Gelu(Name(a[0]));
            case "aten::sigmoid": return graph.Add("Sigmoid", [Name(a[0])]);
            case "aten::tanh": return graph.Add("Tanh", [Name(a[0])]);
            case "aten::softmax.int": return graph.Add("Softmax", [Name(a[0])], ("axis", Integer(a[1])));
            case "aten::max_pool2d": return MaxPool(a);
            case "aten::upsample_nearest2d": return Nearest(a, result);
            case "aten::upsample_bilinear2d": return Bilinear(a, result);
            case "aten::pixel_shuffle":
                return graph.Add("DepthToSpace", [Name(a[0])], ("blocksize", Integer(a[1])), ("mode", "CRD"));
            case "aten::add.Tensor" or "aten::add_.Tensor": return Sum("Add", a);
            case "aten::sub.Tensor": return Sum("Sub", a);
            case "aten::mul.Tensor": return graph.Add("Mul", [Name(a[0]), Name(a[1])]);
            case "aten::div.Tensor": return graph.Add("Div", [Name(a[0]), Name(a[1])]);
            case "aten::add.Scalar": return graph.Add("Add", [Name(a[0]), Scalar(a[1])]);
            case "aten::sub.Scalar": return graph.Add("Sub", [Name(a[0]), Scalar(a[1])]);
            case "aten::rsub.Scalar": return graph.Add("Sub", [Scalar(a[1]), Name(a[0])]);
            case "aten::mul.Scalar": return graph.Add("Mul", [Name(a[0]), Scalar(a[1])]);
            case "aten::div.Scalar": return graph.Add("Div", [Name(a[0]), Scalar(a[1])]);
            case "aten::mean.dim": return Reduce("ReduceMean", a);
            case "aten::amax": return Reduce("ReduceMax", a);
            default: return Rearrange(call, result);
        }
    }

    private string Convolution(object?[] a)
    {
        var padding = Pair(a, 4, 0);
        return graph.Add(
            "Conv", WithBias(a), ("strides", Pair(a, 3, 1)), ("pads", (long[])[.. padding, .. padding]),
            ("dilations", Pair(a, 5, 1)), ("group", a.Length > 6 ? Integer(a[6]) : 1L));
    }

    private string TransposedConvolution(object?[] a)
    {
        var padding = Pair(a, 4, 0);
        return graph.Add(
            "ConvTranspose", WithBias(a), ("strides", Pair(a, 3, 1)), ("pads", (long[])[.. padding, .. padding]),
            ("output_padding", Pair(a, 5, 0)));
    }

    private string[] WithBias(object?[] a) =>
        a[2] is null ? [Name(a[0]), Name(a[1])] : [Name(a[0]), Name(a[1]), Name(a[2])];

    private string Linear(object?[] a)
    {
        var weight = graph.Add("Transpose", [Name(a[1])], ("perm", (long[])[1, 0]));
        var product = graph.Add("MatMul", [Name(a[0]), weight]);
        return a.Length > 2 && a[2] is not null ? graph.Add("Add", [product, Name(a[2])]) : product;
    }

    private string BatchNorm(object?[] a) => a[5] is false
        ? graph.Add(
            "BatchNormalization", [Name(a[0]), Name(a[1]), Name(a[2]), Name(a[3]), Name(a[4])],
            ("epsilon", (float)Number(a, 7, 1e-5)))
        : throw new NotSupportedException("a network in training cannot be exported");

    private string InstanceNorm(object?[] a)
    {
        var channels = ((RecordedValue)a[0]!).Shape[1].Value;
        return graph.Add(
            "InstanceNormalization", [Name(a[0]), NameOrAll(a[1], 1, channels), NameOrAll(a[2], 0, channels)],
            ("epsilon", (float)Number(a, 7, 1e-5)));
    }

    private string LayerNorm(object?[] a)
    {
        var shape = Integers(a[1]);
        return graph.Add(
            "LayerNormalization", [Name(a[0]), NameOrAll(a[2], 1, shape), NameOrAll(a[3], 0, shape)],
            ("axis", -(long)shape.Length), ("epsilon", (float)Number(a, 4, 1e-5)));
    }

    // x (1 + erf(x / sqrt 2)) / 2; the operator of that name came with a later set.
    private string Gelu(string value)
    {
        var error = graph.Add("Erf", [graph.Add("Mul", [value, graph.Constant(InverseRootOfTwo)])]);
        var share = graph.Add("Mul", [graph.Add("Add", [error, graph.Constant(1)]), graph.Constant(0.5)]);
        return graph.Add("Mul", [value, share]);
    }

    private string MaxPool(object?[] a)
    {
        var padding = Pair(a, 3, 0);
        return graph.Add(
            "MaxPool", [Name(a[0])], ("kernel_shape", Pair(a, 1, 1)), ("strides", Pair(a, 2, 1)),
            ("pads", (long[])[.. padding, .. padding]));
    }

    // The third argument is a factor of the second tensor.
    private string Sum(string type, object?[] a)
    {
        var factor = Number(a, 2, 1);
        var second = factor == 1 ? Name(a[1]) : graph.Add("Mul", [Name(a[1]), graph.Constant(factor)]);
        return graph.Add(type, [Name(a[0]), second]);
    }

    private string Reduce(string type, object?[] a) => graph.Add(
        type, [Name(a[0]), graph.Integers(Integers(a[1]))], ("keepdims", a.Length > 2 && a[2] is true ? 1L : 0L));

    private string Name(object? argument) => argument switch
    {
        RecordedValue value => NameOf(value),
        RecordedConstant constant => Constant(constant),
        _ => throw new NotSupportedException("an operator without one of its tensors cannot be exported"),
    };

    private string Constant(RecordedConstant constant)
    {
        if (_constants.TryGetValue(constant, out var name))
            return name;
        return _constants[constant] =
            constant.Name is null ? graph.Constant(constant.Read()) : graph.Constant(constant.Name, constant.Read);
    }

    private string NameOrAll(object? argument, float value, params long[] shape) => argument is null
        ? graph.Constant([.. Enumerable.Repeat(value, (int)shape.Aggregate(1L, (all, size) => all * size))], shape)
        : Name(argument);

    private string Scalar(object? argument) => graph.Constant(Number([argument], 0, 0));

    private static double Number(object?[] arguments, int place, double otherwise) => place >= arguments.Length
        ? otherwise
        : arguments[place] is RecordedInteger whole ? whole.Value : (double)arguments[place]!;

    private static long Integer(object? argument) => ((RecordedInteger)argument!).Value;

    private static long[] Integers(object? argument) =>
        Array.ConvertAll((RecordedInteger[])argument!, number => number.Value);

    // Lists of one number stand for both.
    private static long[] Pair(object?[] arguments, int place, long otherwise)
    {
        var numbers = place < arguments.Length ? Integers(arguments[place]) : [otherwise];
        return numbers.Length == 1 ? [numbers[0], numbers[0]] : numbers;
    }
}
