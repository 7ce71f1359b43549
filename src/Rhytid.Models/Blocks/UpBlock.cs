using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>One step up: double the size, join with the skip, then <see cref="DoubleConv"/>.</summary>
/// <remarks>
/// Keys: <c>up</c> is the transposed convolution, where there is one; <c>conv.double_conv</c> the rest.
/// </remarks>
internal sealed class UpBlock : Module
{
    private readonly ConvTranspose2d? _up;
    private readonly DoubleConv _conv;
    private readonly double _dropout;

    /// <param name="path">Where the parameters are.</param>
    /// <param name="inChannels">Channels of the deeper map.</param>
    /// <param name="skipChannels">Channels of the skip, 0 for none.</param>
    /// <param name="outChannels">Channels made.</param>
    /// <param name="midChannels">Channels between the two convolutions; the channels made unless given.</param>
    /// <param name="transposed">Enlarge by a transposed convolution that halves the channels, instead of
    /// bilinearly.</param>
    /// <param name="bias">Whether the 3x3 convolutions have a bias.</param>
    /// <param name="dropout">Probability of zeroing an element at the end, in training.</param>
    public UpBlock(
        ParameterPath path,
            int inChannels, int skipChannels, int outChannels, int? midChannels = null, bool transposed = false,
            bool bias = false, double dropout = 0)
        : base(path)
    {
        if (transposed)
            _up = new ConvTranspose2d(path / "up", inChannels, inChannels / 2, kernel: 2, stride: 2);
        var joined = skipChannels + (transposed ? inChannels / 2 : inChannels);
        _conv = new DoubleConv(path / "conv", joined, outChannels, midChannels, bias);
        _dropout = dropout;
    }

    /// <param name="features">(N, in, h, w): deeper and coarser.</param>
    /// <param name="skip">(N, skip, H, W) from the way down, H and W about twice h and w; null at the end without a
    /// skip.</param>
    /// <returns>(N, out, H, W).</returns>
    public Tensor Forward(Tensor features, Tensor? skip)
    {
        using var scope = TensorScope.Begin();
        var upsampled = _up?.Forward(features) ?? features.DoubleAligned();
        var convolved = skip is null
            ? _conv.Forward(upsampled)
            : _conv.ForwardJoined(skip, upsampled.PadTo(skip.ImageSize()));
        return scope.MoveOut(convolved.Dropout(_dropout, IsTraining));
    }
}
