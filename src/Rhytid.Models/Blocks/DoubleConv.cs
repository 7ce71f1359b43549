using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Two times 3x3 convolution, batch normalisation, ReLU: the U-Net family's block.</summary>
/// <remarks>Keys: <c>double_conv.{0,3}</c> are the convolutions, <c>double_conv.{1,4}</c> the normalisations.</remarks>
internal sealed class DoubleConv : Layer
{
    private readonly ConvBatchNorm _first;
    private readonly ConvBatchNorm _second;

    public DoubleConv(ParameterPath path, int inChannels, int outChannels, int? midChannels = null, bool bias = false)
        : base(path)
    {
        var layers = path / "double_conv";
        var middle = midChannels ?? outChannels;
        _first = new ConvBatchNorm(layers / 0, layers / 1, inChannels, middle, kernel: 3, bias: bias);
        _second = new ConvBatchNorm(layers / 3, layers / 4, middle, outChannels, kernel: 3, bias: bias);
    }

    /// <summary>The block on maps joined along their channels.</summary>
    public Tensor ForwardJoined(params ReadOnlySpan<Tensor> inputs)
    {
        using var scope = TensorScope.Begin();
        return scope.MoveOut(_second.Forward(_first.ForwardJoined(inputs)));
    }

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H, W).</returns>
    protected override Tensor Compute(Tensor input) => _second.Forward(_first.Forward(input));
}
