using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Two 3x3 convolutions beside a shortcut: the block of the smaller residual networks.</summary>
/// <remarks>Keys: <c>conv1, bn1, conv2, bn2, downsample.{0,1}</c>.</remarks>
internal sealed class BasicBlock : Layer
{
    private readonly ConvBatchNorm _first;
    private readonly ConvBatchNorm _second;
    private readonly ConvBatchNorm? _shortcut;

    public BasicBlock(ParameterPath path, int inChannels, int outChannels, int stride, Initializer initializer)
        : base(path)
    {
        _first = new ConvBatchNorm(
            path / "conv1", path / "bn1", inChannels, outChannels, kernel: 3, stride, initializer: initializer);
        _second = new ConvBatchNorm(
            path / "conv2", path / "bn2", outChannels, outChannels, kernel: 3, relu: false, initializer: initializer);
        _shortcut = Shortcut.Create(path, inChannels, outChannels, stride, initializer);
    }

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H / stride, W / stride).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var residual = _second.Forward(_first.Forward(input));
        return residual.AddInPlace(_shortcut?.Forward(input) ?? input).ReluInPlace();
    }
}

/// <summary>A 3x3 convolution between two 1x1 ones that narrow and widen, beside a shortcut.</summary>
/// <remarks>
/// The 3x3 convolution carries the stride. Keys: <c>conv1, bn1, conv2, bn2, conv3, bn3, downsample.{0,1}</c>.
/// </remarks>
internal sealed class Bottleneck : Layer
{
    private readonly ConvBatchNorm _narrow;
    private readonly ConvBatchNorm _middle;
    private readonly ConvBatchNorm _widen;
    private readonly ConvBatchNorm? _shortcut;

    public Bottleneck(
        ParameterPath path, int inChannels, int midChannels, int outChannels, int stride, int groups,
        Initializer initializer)
        : base(path)
    {
        _narrow = new ConvBatchNorm(
            path / "conv1", path / "bn1", inChannels, midChannels, kernel: 1, initializer: initializer);
        _middle = new ConvBatchNorm(
            path / "conv2", path / "bn2", midChannels, midChannels, kernel: 3, stride, groups: groups,
            initializer: initializer);
        _widen = new ConvBatchNorm(
            path / "conv3", path / "bn3", midChannels, outChannels, kernel: 1, relu: false, initializer: initializer);
        _shortcut = Shortcut.Create(path, inChannels, outChannels, stride, initializer);
    }

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H / stride, W / stride).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var residual = _widen.Forward(_middle.Forward(_narrow.Forward(input)));
        return residual.AddInPlace(_shortcut?.Forward(input) ?? input).ReluInPlace();
    }
}

/// <summary>What a block's input goes through where its shape changes.</summary>
internal static class Shortcut
{
    /// <summary>A 1x1 convolution, or null where the input fits as it is.</summary>
    public static ConvBatchNorm? Create(
        ParameterPath block, int inChannels, int outChannels, int stride, Initializer initializer)
    {
        if (stride == 1 && inChannels == outChannels)
            return null;
        var path = block / "downsample";
        return new ConvBatchNorm(
            path / 0, path / 1, inChannels, outChannels, kernel: 1, stride, relu: false, initializer: initializer);
    }
}
