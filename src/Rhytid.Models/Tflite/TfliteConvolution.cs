using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>CONV_2D and DEPTHWISE_CONV_2D.</summary>
internal sealed class TfliteConvolution : TfliteStep
{
    private readonly TfliteWindow _window;
    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly int _groups;

    public TfliteConvolution(TfliteGraph graph, TfliteOperator from)
        : base([graph.Operand(from, 0, computed: true)], graph.Result(from), from.Options.Activation)
    {
        TfliteGraph.RequireInputs(from, 2, 3);
        var input = graph.Shape(Inputs[0]);
        var weight = graph.Constant(from, 1, rank: 4);
        // Ordinary weights are (out, rows, columns, in), depthwise ones (1, rows, columns, out), a channel's outputs
        // side by side.
        var isDepthwise = from.Code == TfliteOperatorCode.DepthwiseConv2D;
        var (channels, results) = (input[3], isDepthwise ? weight.Shape[3] : weight.Shape[0]);
        if (isDepthwise ? weight.Shape[0] != 1 || results % channels != 0 : weight.Shape[3] != channels)
            throw new InvalidDataException(
                $"an operator {from.Name} has weights of {string.Join(" x ", weight.Shape)} for {channels} channels");
        _groups = isDepthwise ? channels : 1;
        _window = new TfliteWindow(from, input, new Size2(weight.Shape[1], weight.Shape[2]));
        graph.RequireShape(from, [input[0], _window.Results.Height, _window.Results.Width, results]);
        var bias = from.Inputs.Count > 2 && from.Inputs[2] >= 0 ? graph.Constant(from, 2, rank: 1) : null;
        if (bias is not null && bias.Count != results)
            throw new InvalidDataException($"an operator {from.Name} has {bias.Count} biases for {results} channels");
        Work = input[0] * _window.Results.Height * _window.Results.Width * weight.Count;
        _weight = graph.Weights(weight, isDepthwise ? [3, 0, 1, 2] : [0, 3, 1, 2]);
        _bias = bias is null ? null : graph.Weights(bias, [0]);
    }

    protected override void FreeWeights()
    {
        _weight.Dispose();
        _bias?.Dispose();
    }

    protected override Tensor Compute(IReadOnlyList<Tensor> values) =>
        _window.Pad(values[0]).Conv2d(_weight, _bias, _window.Stride, _window.Padding, _window.Dilation, _groups);
}
