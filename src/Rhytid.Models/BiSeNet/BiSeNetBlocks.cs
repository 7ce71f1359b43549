using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Weighs a map's channels by what their means over the image say.</summary>
/// <remarks>Keys: <c>conv.{conv,bn}, conv_atten, bn_atten</c>.</remarks>
internal sealed class AttentionRefinement(ParameterPath path, int inChannels, int outChannels) : Layer(path)
{
    private readonly ConvBatchNorm _conv = BiSeNetConvolution.Create(path / "conv", inChannels, outChannels, kernel: 3);

    private readonly ConvBatchNorm _attention = new(
        path / "conv_atten",
            path / "bn_atten", outChannels, outChannels, kernel: 1, relu: false,
            initializer: BiSeNetConvolution.Initializer);

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H, W).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var features = _conv.Forward(input);
        var means = features.Mean([2, 3], keepDimensions: true); // (N, out, 1, 1)
        return features * _attention.Forward(means).Sigmoid();
    }
}

/// <summary>Joins the fine map and the context, and adds to it what its channels' means call for.</summary>
/// <remarks>Keys: <c>convblk.{conv,bn}, conv1, conv2</c>.</remarks>
internal sealed class FeatureFusion(ParameterPath path, int inChannels, int outChannels) : Module(path)
{
    private readonly ConvBatchNorm _join = BiSeNetConvolution.Create(
        path / "convblk", inChannels, outChannels, kernel: 1);
    private readonly Conv2d _narrow = BiSeNetConvolution.Plain(path / "conv1", outChannels, outChannels / 4);
    private readonly Conv2d _widen = BiSeNetConvolution.Plain(path / "conv2", outChannels / 4, outChannels);

    /// <param name="fine">(N, in / 2, H, W).</param>
    /// <param name="context">(N, in / 2, H, W).</param>
    /// <returns>(N, out, H, W).</returns>
    public Tensor Forward(Tensor fine, Tensor context)
    {
        using var scope = TensorScope.Begin();
        var features = _join.Forward(Tensor.Cat([fine, context], dimension: 1));
        var means = features.Mean([2, 3], keepDimensions: true);                                   // (N, out, 1, 1)
        var attention = _widen.Forward(_narrow.Forward(means).Relu()).Sigmoid();                   // (N, out, 1, 1)
        return scope.MoveOut(features * attention + features);
    }
}

/// <summary>A 3x3 convolution and the 1x1 one that makes the classes.</summary>
/// <remarks>Keys: <c>conv.{conv,bn}, conv_out</c>.</remarks>
internal sealed class BiSeNetHead(ParameterPath path, int inChannels, int midChannels, int classes) : Layer(path)
{
    private readonly ConvBatchNorm _conv = BiSeNetConvolution.Create(path / "conv", inChannels, midChannels, kernel: 3);
    private readonly Conv2d _out = BiSeNetConvolution.Plain(path / "conv_out", midChannels, classes);

    /// <param name="input">(N, in, h, w).</param>
    /// <returns>(N, classes, h, w).</returns>
    protected override Tensor Compute(Tensor input) => _out.Forward(_conv.Forward(input));
}

/// <summary>The network's convolutions: without bias, started as its code does.</summary>
internal static class BiSeNetConvolution
{
    public static Initializer Initializer { get; } = Initializers.KaimingNormal(slope: 1);

    /// <summary>Convolution, normalisation, ReLU under <c>conv</c> and <c>bn</c>.</summary>
    public static ConvBatchNorm Create(ParameterPath path, int inChannels, int outChannels, int kernel) =>
        new(path / "conv", path / "bn", inChannels, outChannels, kernel, initializer: Initializer);

    /// <summary>A 1x1 convolution alone.</summary>
    public static Conv2d Plain(ParameterPath path, int inChannels, int outChannels) =>
        new(path, inChannels, outChannels, kernel: 1, bias: false, initializer: Initializer);
}
