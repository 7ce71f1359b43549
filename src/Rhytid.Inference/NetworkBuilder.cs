using Rhytid.Inference.Convolutions;
using Rhytid.Inference.Layers;

namespace Rhytid.Inference;

/// <summary>Takes the layers of a network in the order in which they are computed; each makes a map.</summary>
internal interface ILayerBuilder
{
    /// <summary>Convolution with bias and, where slopes are given, PReLU.</summary>
    /// <param name="input">The map.</param>
    /// <param name="path">Name of the convolution.</param>
    /// <param name="stride">Step.</param>
    /// <param name="padding">Zeros before and after; half the kernel unless given.</param>
    /// <param name="slopes">Name of the PReLU's slopes.</param>
    int Convolution(
        int input, string path, int stride = 1, (int Before, int After)? padding = null, string? slopes = null);

    /// <summary>Largest number of each window.</summary>
    int MaxPool(int input, int kernel, int stride, int padding);

    /// <summary>Sum of two maps and ReLU, or PReLU where slopes are given; missing channels count as 0.</summary>
    int AddMaps(int left, int right, string? slopes = null);
}

/// <summary>Puts layers together in the order in which they are computed.</summary>
/// <param name="weights">The network's numbers by name, PyTorch's order of dimensions.</param>
/// <param name="inChannels">Channels of the image.</param>
/// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
internal sealed class NetworkBuilder(NetworkWeights weights, int inChannels, int? threads = null) : ILayerBuilder
{
    private const double NormEpsilon = 1e-5;

    private readonly List<InferenceLayer> _layers = [];
    private readonly List<int> _channels = [inChannels];

    /// <summary>The image.</summary>
    public static int Image => 0;

    /// <summary>Channels of a map.</summary>
    public int ChannelsOf(int map) => _channels[map];

    /// <summary>Convolution, batch normalisation and, unless left out, ReLU.</summary>
    /// <param name="inputs">Maps that are joined along their channels.</param>
    /// <param name="conv">Name of the convolution.</param>
    /// <param name="norm">Name of the normalisation.</param>
    /// <param name="stride">Step.</param>
    /// <param name="relu">Whether a ReLU follows.</param>
    public int ConvBatchNorm(int[] inputs, string conv, string norm, int stride = 1, bool relu = true)
    {
        var (kernel, shape) = weights.ReadKernel($"{conv}.weight");
        var bias = weights.Has($"{conv}.bias") ? weights.Read($"{conv}.bias", shape[0]) : new float[shape[0]];
        var scale = weights.Read($"{norm}.weight", shape[0]);
        var offset = weights.Read($"{norm}.bias", shape[0]);
        var mean = weights.Read($"{norm}.running_mean", shape[0]);
        var variance = weights.Read($"{norm}.running_var", shape[0]);
        var size = kernel.Length / shape[0];
        for (var o = 0; o < shape[0]; o++)
        {
            var factor = scale[o] / Math.Sqrt(variance[o] + NormEpsilon);
            foreach (ref var value in kernel.AsSpan(o * size, size))
                value = (float)(value * factor);
            bias[o] = (float)(offset[o] + ((bias[o] - mean[o]) * factor));
        }
        var padding = shape[2] / 2;
        return Add(
            inputs, conv, kernel, shape, bias, stride, (padding, padding), relu ? Activation.Relu : Activation.None);
    }

    /// <summary>Two times 3x3 convolution, batch normalisation, ReLU: the U-Net family's block.</summary>
    /// <param name="path">Its name; <c>double_conv.{0,3}</c> below are the convolutions, <c>{1,4}</c> the
    /// normalisations.</param>
    /// <param name="inputs">Maps that are joined along their channels.</param>
    public int DoubleConv(string path, params int[] inputs)
    {
        var first = ConvBatchNorm(inputs, $"{path}.double_conv.0", $"{path}.double_conv.1");
        return ConvBatchNorm([first], $"{path}.double_conv.3", $"{path}.double_conv.4");
    }

    /// <inheritdoc/>
    public int Convolution(
        int input, string path, int stride = 1, (int Before, int After)? padding = null, string? slopes = null)
    {
        var (kernel, shape) = weights.ReadKernel($"{path}.weight");
        var half = shape[2] / 2;
        var activation = slopes is null ? Activation.None : Activation.PRelu(weights.Read(slopes, shape[0]));
        return Add(
            [input], path, kernel, shape, weights.Read($"{path}.bias", shape[0]), stride, padding ?? (half, half),
            activation);
    }

    /// <inheritdoc/>
    public int MaxPool(int input, int kernel, int stride, int padding) =>
        Add(new MaxPoolLayer(input, ChannelsOf(input), kernel, stride, padding));

    /// <summary>Twice as many rows and columns, bilinear between pixels' centres.</summary>
    public int Upsample(int input) => Add(new UpsampleLayer(input, ChannelsOf(input)));

    /// <summary>
    /// Twice as many rows and columns, bilinear with the corner pixels' centres in place, then zeros up to the size of
    /// another map.
    /// </summary>
    public int UpsampleAligned(int input, int like) => Add(new UpsampleAlignedLayer(input, like, ChannelsOf(input)));

    /// <summary>The first channels less a number each.</summary>
    public int Shift(int input, float[] subtracted) => Add(new ShiftLayer(input, subtracted));

    /// <inheritdoc/>
    public int AddMaps(int left, int right, string? slopes = null)
    {
        var channels = Math.Max(ChannelsOf(left), ChannelsOf(right));
        return Add(
            new AddLayer(
                left, right, channels,
                slopes is null ? Activation.Relu : Activation.PRelu(weights.Read(slopes, channels))));
    }

    /// <summary>Ends the network.</summary>
    /// <param name="size">What sides of the image are filled up to.</param>
    /// <param name="outputs">The maps that are wanted.</param>
    public InferenceNetwork Build(SizeRule size, params int[] outputs) =>
        new(_layers, inChannels, size, outputs, threads);

    private int Add(
        int[] inputs, string path, float[] kernel, int[] shape, float[] bias, int stride,
        (int Before, int After) padding, Activation activation)
    {
        var channels = Array.ConvertAll(inputs, ChannelsOf);
        var sum = channels.Sum();
        var isDepthwise = shape[1] == 1 && sum == shape[0] && sum > 1;
        if (shape[2] != shape[3] || (!isDepthwise && shape[1] != sum))
            throw new InvalidDataException(
                $"the kernel of '{path}' is {string.Join(" x ", shape)}, which does not fit {sum} channels");
        var convolution = new ConvolutionShape(sum, shape[0], shape[2], stride, padding.Before, padding.After);
        return Add(
            new ConvolutionLayer(
                inputs, channels, convolution, new ConvolutionWeights(kernel, bias, isDepthwise), activation));
    }

    private int Add(InferenceLayer layer)
    {
        _layers.Add(layer);
        _channels.Add(layer.Channels);
        return _layers.Count;
    }
}
