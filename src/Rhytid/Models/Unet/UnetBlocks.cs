using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>One step down: halve by the largest of each 2x2 window, then <see cref="DoubleConv"/>.</summary>
internal sealed class UnetDown(ParameterPath path, int inChannels, int outChannels, bool bias = false) : Layer(path)
{
    private readonly DoubleConv _conv = new(path / "maxpool_conv" / 1, inChannels, outChannels, bias: bias);

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H/2, W/2), sizes rounded down.</returns>
    protected override Tensor Compute(Tensor input) => _conv.Forward(input.MaxPool2d(2));
}

/// <summary>One step up: double bilinearly, join with the skip, then <see cref="DoubleConv"/> through half the channels.</summary>
internal sealed class UnetUp(ParameterPath path, int inChannels, int outChannels, bool bias = false) : Module(path)
{
    private readonly DoubleConv _conv = new(path / "conv", inChannels, outChannels, inChannels / 2, bias);

    /// <param name="features">(N, in / 2, h, w): deeper and coarser.</param>
    /// <param name="skip">(N, in / 2, H, W) from the way down, H and W about twice h and w.</param>
    /// <returns>(N, out, H, W).</returns>
    public Tensor Forward(Tensor features, Tensor skip)
    {
        using var scope = TensorScope.Begin();
        var upsampled = features.Upsample(2, InterpolationMode.Bilinear, alignCorners: true).PadTo(skip.ImageSize());
        return scope.MoveOut(_conv.ForwardJoined(skip, upsampled));
    }
}
