using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// The U-Net with transposed convolutions on the way up (Ronneberger et al., 2015, with normalisation and padding).
/// </summary>
/// <remarks>Any size from 16 is handled. Not the variant that Moon et al. count, but the other common one.</remarks>
public sealed class UnetTranspose : Network
{
    private readonly UnetEncoder _encoder;
    private readonly UnetDecoder _decoder;
    private readonly Conv2d _out;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels at full size) is 64 as published.
    /// </summary>
    public UnetTranspose(ParameterStore store, ModelOptions options)
        : base(store, options, leastSize: UnetEncoder.LeastSize)
    {
        var w = WidthOf(options, published: 64);
        _encoder = new UnetEncoder(Path, options.InChannels, [w, 2 * w, 4 * w, 8 * w, 16 * w]);
        _decoder = new UnetDecoder(
            new UpBlock(Path / "up1", 16 * w, 8 * w, 8 * w, transposed: true),
            new UpBlock(Path / "up2", 8 * w, 4 * w, 4 * w, transposed: true),
            new UpBlock(Path / "up3", 4 * w, 2 * w, 2 * w, transposed: true),
            new UpBlock(Path / "up4", 2 * w, w, w, transposed: true));
        _out = new Conv2d(Path / "outc" / "conv", w, options.OutChannels, kernel: 1);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var maps = _encoder.Forward(images);      // (N, w, H, W) to (N, 16w, H/16, W/16)
        var features = _decoder.Forward(maps);    // (N, 8w, H/8, W/8) to (N, w, H, W)
        return _out.Forward(features[^1]);
    }
}
