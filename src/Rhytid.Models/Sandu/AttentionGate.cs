using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Lets through of a skip what a deeper map finds worth looking at (Oktay et al., 2018).</summary>
/// <remarks>Keys: <c>W_g.{0,1}, W_x.{0,1}, psi.{0,1}</c> (convolution, normalisation).</remarks>
internal sealed class AttentionGate(ParameterPath path, int signalChannels, int skipChannels, int midChannels)
    : Module(path)
{
    private readonly ConvBatchNorm _signal = Convolution(path / "W_g", signalChannels, midChannels);
    private readonly ConvBatchNorm _skip = Convolution(path / "W_x", skipChannels, midChannels);
    private readonly ConvBatchNorm _psi = Convolution(path / "psi", midChannels, 1);

    /// <param name="signal">(N, signal, h, w): deeper and coarser.</param>
    /// <param name="skip">(N, skip, H, W).</param>
    /// <returns>(N, skip, H, W).</returns>
    public Tensor Forward(Tensor signal, Tensor skip)
    {
        using var scope = TensorScope.Begin();
        // (N, signal, H, W)
        var enlarged = signal.ResizeTo(skip, alignCorners: true);
        // (N, mid, H, W)
        var both = _signal.Forward(enlarged).AddInPlace(_skip.Forward(skip)).ReluInPlace();
        // gate (N, 1, H, W)
        return scope.MoveOut(skip * _psi.Forward(both).Sigmoid());
    }

    private static ConvBatchNorm Convolution(ParameterPath path, int inChannels, int outChannels) =>
        new(path / 0, path / 1, inChannels, outChannels, kernel: 1, bias: true, relu: false);
}
