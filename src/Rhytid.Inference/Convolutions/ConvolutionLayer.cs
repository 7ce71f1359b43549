using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Convolutions;

/// <summary>Convolution with bias and activation, by whichever algorithm suits its shape.</summary>
internal sealed unsafe class ConvolutionLayer : InferenceLayer
{
    private readonly ConvolutionShape _shape;
    private readonly WinogradConvolution? _winograd;
    private readonly RowConvolution? _rows;
    private readonly DepthwiseConvolution? _depthwise;
    private readonly NativeBuffer? _packed;

    /// <summary>Gets the weights ready.</summary>
    /// <param name="inputs">Maps that are joined along their channels.</param>
    /// <param name="inChannels">Their channels, one by one.</param>
    /// <param name="shape">Kernel size, stride, padding.</param>
    /// <param name="weights">Kernel (out, in, k, k), or (channels, 1, k, k) where each channel has its own; and
    /// bias.</param>
    /// <param name="activation">Applied to the sums.</param>
    public ConvolutionLayer(
        int[] inputs, int[] inChannels, ConvolutionShape shape, ConvolutionWeights weights, Activation activation)
        : base(inputs, shape.OutChannels)
    {
        _shape = shape;
        if (weights.IsDepthwise)
        {
            _depthwise = new DepthwiseConvolution(shape, weights.Kernel, weights.Bias, activation);
        }
        else if (shape is { Kernel: 3, Stride: 1, Padding: 1, After: 1 }
            && (activation == Activation.None || activation == Activation.Relu)
            && WinogradConvolution.Supports(shape.InChannels, shape.OutChannels)
            && Array.TrueForAll(inChannels, count => count % WinogradConvolution.ChannelGroup == 0))
        {
            _packed = new NativeBuffer(WinogradConvolution.PackedLength(shape.InChannels, shape.OutChannels));
            fixed (float* kernel = weights.Kernel)
                _winograd = new WinogradConvolution(
                    kernel, weights.Bias, activation == Activation.Relu, shape.InChannels, _packed.Pointer,
                    Environment.ProcessorCount);
        }
        else
        {
            _rows = new RowConvolution(shape, weights.Kernel, weights.Bias, activation);
        }
    }

    public override MapSize SizeFor(ReadOnlySpan<MapSize> inputs) => _shape.SizeFor(inputs[0]);

    public override Blocks BlocksFor(FeatureMap[] inputs, FeatureMap output, int threads) =>
        _winograd is null
            ? base.BlocksFor(inputs, output, threads)
            : _winograd.BlocksFor(new JoinedMaps(inputs), threads);

    public override void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        if (_winograd is not null)
            _winograd.RunTiles(new JoinedMaps(inputs), output, first, count);
        else if (_rows is not null)
            _rows.RunRows(inputs, output, first, count, cancellation);
        else
            _depthwise!.RunRows(inputs[0], output, first, count);
    }

    public override void Dispose()
    {
        _packed?.Dispose();
        _rows?.Dispose();
        base.Dispose();
    }
}

/// <summary>What a convolution learned.</summary>
/// <param name="Kernel">(out, in, k, k), or (channels, 1, k, k).</param>
/// <param name="Bias">(out).</param>
/// <param name="IsDepthwise">Whether each channel has a kernel of its own.</param>
internal readonly record struct ConvolutionWeights(float[] Kernel, float[] Bias, bool IsDepthwise = false);
