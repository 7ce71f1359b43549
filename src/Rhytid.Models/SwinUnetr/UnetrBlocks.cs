using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Two 3x3 convolutions with instance normalisation beside a shortcut: UNETR's block.</summary>
/// <remarks>
/// Keys: <c>conv1.conv, conv2.conv</c> and, where the channels change, <c>conv3.conv</c> on the shortcut.
/// </remarks>
internal sealed class ResidualConv(ParameterPath path, int inChannels, int outChannels) : Layer(path)
{
    private readonly ConvInstanceNorm _first = new(path / "conv1" / "conv", inChannels, outChannels, kernel: 3);
    private readonly ConvInstanceNorm _second = new(path / "conv2" / "conv", outChannels, outChannels, kernel: 3);

    private readonly ConvInstanceNorm? _shortcut =
        inChannels == outChannels
            ? null
            : new ConvInstanceNorm(path / "conv3" / "conv", inChannels, outChannels, kernel: 1);

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H, W).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var residual = _second.Forward(_first.Forward(input).LeakyReluInPlace());
        return residual.AddInPlace(_shortcut?.Forward(input) ?? input).LeakyReluInPlace();
    }
}

/// <summary>Convolution without bias, then instance normalisation without parameters.</summary>
internal sealed class ConvInstanceNorm(ParameterPath path, int inChannels, int outChannels, int kernel) : Layer(path)
{
    private readonly Conv2d _conv = new(path, inChannels, outChannels, kernel, padding: kernel / 2, bias: false);

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H, W).</returns>
    protected override Tensor Compute(Tensor input) => _conv.Forward(input).InstanceNorm();
}

/// <summary>
/// One step up: enlarge by a transposed convolution, join with the skip, then <see cref="ResidualConv"/>.
/// </summary>
/// <remarks>Keys: <c>transp_conv.conv, conv_block</c>.</remarks>
internal sealed class UnetrUp(ParameterPath path, int inChannels, int outChannels, int factor = 2) : Module(path)
{
    private readonly ConvTranspose2d _up = new(
        path / "transp_conv" / "conv", inChannels, outChannels, factor, factor, bias: false);
    private readonly ResidualConv _conv = new(path / "conv_block", 2 * outChannels, outChannels);

    /// <param name="features">(N, in, h, w): deeper and coarser.</param>
    /// <param name="skip">(N, out, factor h, factor w).</param>
    /// <returns>(N, out, factor h, factor w).</returns>
    public Tensor Forward(Tensor features, Tensor skip)
    {
        using var scope = TensorScope.Begin();
        return scope.MoveOut(_conv.Forward(Join(features, skip)));
    }

    private Tensor Join(Tensor features, Tensor skip)
    {
        using var scope = TensorScope.Begin();
        return scope.MoveOut(Tensor.Cat([_up.Forward(features), skip], dimension: 1));
    }
}
