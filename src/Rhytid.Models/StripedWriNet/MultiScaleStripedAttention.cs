using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Weighs every pixel of a map by what strips of three lengths around it show.</summary>
/// <remarks>Keys: <c>branches.{0,1,2}.{conv_h,conv_v,bn}</c> for lengths 3, 7, 11, and <c>fuse</c>.</remarks>
internal sealed class MultiScaleStripedAttention(ParameterPath path, int channels) : Layer(path)
{
    private static readonly int[] Lengths = [3, 7, 11];

    private readonly StripBranch[] _branches =
    [
        .. Lengths.Select((length, i) => new StripBranch(path / "branches" / i, channels, length))
    ];
    private readonly Conv2d _fuse = new(path / "fuse", Lengths.Length * channels, 1, kernel: 1, bias: false);

    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, C, H, W).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var strips = Tensor.Cat([.. _branches.Select(branch => branch.Forward(input))], dimension: 1); // (N, 3C, H, W)
        // attention (N, 1, H, W)
        return input * _fuse.Forward(strips).Sigmoid();
    }
}

/// <summary>A horizontal and then a vertical strip of one length, as a square window's cheap stand-in.</summary>
internal sealed class StripBranch(ParameterPath path, int channels, int length) : Layer(path)
{
    private readonly Conv2d _horizontal = new(
        path / "conv_h", channels, channels, new Size2(1, length), padding: new Size2(0, length / 2), bias: false);
    private readonly ConvBatchNorm _vertical = new(
        path / "conv_v", path / "bn", channels, channels, new Size2(length, 1));

    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, C, H, W).</returns>
    protected override Tensor Compute(Tensor input) => _vertical.Forward(_horizontal.Forward(input));
}
