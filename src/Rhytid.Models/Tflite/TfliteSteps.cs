using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>ADD of two computed tensors of one shape.</summary>
internal sealed class TfliteAddition : TfliteStep
{
    public TfliteAddition(TfliteGraph graph, TfliteOperator from)
        : base([
            graph.Operand(from, 0, computed: true), graph.Operand(from, 1, computed: true)
        ], graph.Result(from), from.Options.Activation)
    {
        TfliteGraph.RequireInputs(from, 2, 2);
        graph.RequireShape(from, [.. graph.Shape(Inputs[0])]);
        if (!graph.Shape(Inputs[0]).SequenceEqual(graph.Shape(Inputs[1])))
            throw new InvalidDataException(
                $"an operator {from.Name} adds tensors of different shapes, which is not supported");
        Work = graph.Count(Inputs[0]);
    }

    protected override Tensor Compute(IReadOnlyList<Tensor> values) => values[0] + values[1];
}

/// <summary>PRELU with a slope for each channel.</summary>
internal sealed class TflitePrelu : TfliteStep
{
    private readonly Tensor _slopes;

    public TflitePrelu(TfliteGraph graph, TfliteOperator from)
        : base([graph.Operand(from, 0, computed: true)], graph.Result(from), TfliteActivation.None)
    {
        TfliteGraph.RequireInputs(from, 2, 2);
        var input = graph.Shape(Inputs[0]);
        graph.RequireShape(from, [.. input]);
        var slopes = graph.Constant(from, 1, rank: null);
        if (slopes.Shape.Count == 0 || slopes.Shape[^1] != input[3] || slopes.Count != input[3])
            throw new InvalidDataException(
                $"an operator {from.Name} has slopes of {string.Join(" x ", slopes.Shape)} for {input[3]} channels; one for each is supported");
        Work = graph.Count(Inputs[0]);
        _slopes = graph.Weights(slopes, order: null);
    }

    protected override void FreeWeights() => _slopes.Dispose();

    protected override Tensor Compute(IReadOnlyList<Tensor> values) => values[0].PRelu(_slopes);
}

/// <summary>MAX_POOL_2D: padding never wins.</summary>
internal sealed class TfliteMaxPool : TfliteStep
{
    private readonly TfliteWindow _window;
    private readonly Size2 _kernel;

    public TfliteMaxPool(TfliteGraph graph, TfliteOperator from)
        : base([graph.Operand(from, 0, computed: true)], graph.Result(from), from.Options.Activation)
    {
        TfliteGraph.RequireInputs(from, 1, 1);
        var input = graph.Shape(Inputs[0]);
        _kernel = new Size2(from.Options.FilterHeight, from.Options.FilterWidth);
        _window = new TfliteWindow(from, input, _kernel);
        graph.RequireShape(from, [input[0], _window.Results.Height, _window.Results.Width, input[3]]);
        Work = graph.Count(Output) * _kernel.Height * _kernel.Width;
    }

    protected override Tensor Compute(IReadOnlyList<Tensor> values) =>
        _window.Pad(values[0], double.NegativeInfinity).MaxPool2d(_kernel, _window.Stride, _window.Padding);
}

/// <summary>PAD with zeros, channels included.</summary>
internal sealed class TfliteZeroPad : TfliteStep
{
    private readonly long[] _padding;

    public TfliteZeroPad(TfliteGraph graph, TfliteOperator from)
        : base([graph.Operand(from, 0, computed: true)], graph.Result(from), TfliteActivation.None)
    {
        TfliteGraph.RequireInputs(from, 2, 2);
        var input = graph.Shape(Inputs[0]);
        var pairs = graph.Paddings(from, 1);
        graph.RequireShape(from, [.. input.Select((size, i) => size + pairs[2 * i] + pairs[(2 * i) + 1])]);
        // Pairs of (N, H, W, C) become pairs of (N, C, H, W), innermost first.
        _padding = [pairs[4], pairs[5], pairs[2], pairs[3], pairs[6], pairs[7], pairs[0], pairs[1]];
        Work = graph.Count(Output);
    }

    protected override Tensor Compute(IReadOnlyList<Tensor> values) => values[0].Pad(_padding);
}
