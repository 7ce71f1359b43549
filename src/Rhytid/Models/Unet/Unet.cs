using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>The U-Net of Moon et al. (2024) and of the poster: bilinear up-sampling, convolutions without bias.</summary>
/// <remarks>Any size is handled; maps of odd size are padded with zeros on the way up. Keys are the authors'.</remarks>
public sealed class Unet : Network
{
    private readonly DoubleConv _inc;
    private readonly UnetDown[] _down;
    private readonly UnetUp[] _up;
    private readonly Conv2d _out;

    /// <summary>Builds the network; <see cref="ModelOptions.Width"/> is 64 in the papers.</summary>
    public Unet(ParameterStore store, ModelOptions options)
        : base(store, options)
    {
        var w = options.Width ?? 64;
        var path = Path;
        _inc = new DoubleConv(path / "inc", options.InChannels, w);
        _down =
        [
            new UnetDown(path / "down1", w, 2 * w),
            new UnetDown(path / "down2", 2 * w, 4 * w),
            new UnetDown(path / "down3", 4 * w, 8 * w),
            new UnetDown(path / "down4", 8 * w, 8 * w),
        ];
        _up =
        [
            new UnetUp(path / "up1", 16 * w, 4 * w),
            new UnetUp(path / "up2", 8 * w, 2 * w),
            new UnetUp(path / "up3", 4 * w, w),
            new UnetUp(path / "up4", 2 * w, w),
        ];
        _out = new Conv2d(path / "outc" / "conv", w, options.OutChannels, kernel: 1);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var x1 = _inc.Forward(images);       // (N, w, H, W)
        var x2 = _down[0].Forward(x1);       // (N, 2w, H/2, W/2)
        var x3 = _down[1].Forward(x2);       // (N, 4w, H/4, W/4)
        var x4 = _down[2].Forward(x3);       // (N, 8w, H/8, W/8)
        var x5 = _down[3].Forward(x4);       // (N, 8w, H/16, W/16)
        var up = _up[0].Forward(x5, x4);     // (N, 4w, H/8, W/8)
        up = _up[1].Forward(up, x3);         // (N, 2w, H/4, W/4)
        up = _up[2].Forward(up, x2);         // (N, w, H/2, W/2)
        up = _up[3].Forward(up, x1);         // (N, w, H, W)
        return _out.Forward(up);
    }
}
