using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// The U-Net of Moon et al. (2024) and of the poster: bilinear up-sampling, convolutions without bias.
/// </summary>
/// <remarks>
/// Any size from 16 is handled; maps of odd size are padded with zeros on the way up. Keys are the authors'.
/// </remarks>
public sealed class Unet : Network
{
    private readonly UnetEncoder _encoder;
    private readonly UnetDecoder _decoder;
    private readonly Conv2d _out;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels at full size) is 64 in the papers.
    /// </summary>
    public Unet(ParameterStore store, ModelOptions options)
        : base(store, options, leastSize: UnetEncoder.LeastSize)
    {
        var w = WidthOf(options, published: 64);
        _encoder = new UnetEncoder(Path, options.InChannels, [w, 2 * w, 4 * w, 8 * w, 8 * w]);
        _decoder = UnetDecoder.Bilinear(Path, w);
        _out = new Conv2d(Path / "outc" / "conv", w, options.OutChannels, kernel: 1);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var maps = _encoder.Forward(images);      // (N, w, H, W) to (N, 8w, H/16, W/16)
        var features = _decoder.Forward(maps);    // (N, 4w, H/8, W/8) to (N, w, H, W)
        return _out.Forward(features[^1]);
    }
}
