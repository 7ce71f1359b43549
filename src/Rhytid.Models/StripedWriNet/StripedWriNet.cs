using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Striped WriNet (Yang et al., 2024): a U-Net whose skips pass attention along strips of the image.</summary>
/// <remarks>Sizes are multiples of 16.</remarks>
public sealed class StripedWriNet : Network
{
    private readonly UnetEncoder _encoder;
    private readonly MultiScaleStripedAttention[] _local;
    private readonly GlobalStripedAttention _global;
    private readonly UnetDecoder _decoder;
    private readonly Conv2d _out;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels at full size) is 24 as published.
    /// </summary>
    public StripedWriNet(ParameterStore store, ModelOptions options)
        : base(store, options, sizeMultiple: UnetEncoder.LeastSize)
    {
        var w = WidthOf(options, published: 24);
        int[] widths = [w, 2 * w, 4 * w, 8 * w, 16 * w];
        var skip = 2 * w; // channels of every skip after the global attention
        _encoder = new UnetEncoder(Path, options.InChannels, widths);
        _local =
        [
            .. widths[..4].Select((channels, i) => new MultiScaleStripedAttention(Path / $"msa{i + 1}", channels))
        ];
        _global = new GlobalStripedAttention(Path / "gsa", widths[..4], skip);
        _decoder = new UnetDecoder(
            new UpBlock(Path / "up1", 16 * w, skip, 8 * w),
            new UpBlock(Path / "up2", 8 * w, skip, 4 * w),
            new UpBlock(Path / "up3", 4 * w, skip, 2 * w),
            new UpBlock(Path / "up4", 2 * w, skip, w));
        _out = new Conv2d(Path / "outc" / "conv", w, options.OutChannels, kernel: 1);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var maps = _encoder.Forward(images);                                 // (N, w, H, W) to (N, 16w, H/16, W/16)
        var attended = _local.Select((msa, i) => msa.Forward(maps[i]));      // the same shapes, without the deepest
        var skips = _global.Forward([.. attended]);                          // (N, 2w, H, W) to (N, 2w, H/8, W/8)
        var features = _decoder.Forward([.. skips, maps[^1]]);               // (N, 8w, H/8, W/8) to (N, w, H, W)
        return _out.Forward(features[^1]);
    }
}
