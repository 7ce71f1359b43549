using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// Swin UNETR in two dimensions (Hatamizadeh et al., 2022), as Moon et al. (2024) configure it: patches of 4 pixels.
/// </summary>
/// <remarks>
/// Sizes are multiples of 64: patches of 4, halved four times. <see cref="ModelOptions.Width"/> is the features of a
/// patch, a multiple of 3, because the first stage has 3 heads. Keys are those of the public implementation.
/// </remarks>
public sealed class SwinUnetr : Network
{
    private readonly SwinTransformer _transformer;
    private readonly ResidualConv _encoder1;
    private readonly ResidualConv _encoder2;
    private readonly ResidualConv _encoder3;
    private readonly ResidualConv _encoder4;
    private readonly ResidualConv _bottleneck;
    private readonly UnetrUp _decoder5;
    private readonly UnetrUp _decoder4;
    private readonly UnetrUp _decoder3;
    private readonly UnetrUp _decoder2;
    private readonly UnetrUp _decoder1;
    private readonly Conv2d _out;

    /// <summary>Builds the network.</summary>
    /// <param name="store">Takes the parameters.</param>
    /// <param name="options">Channels and choices: width, depths, window.</param>
    /// <param name="width">Features of a patch, unless chosen.</param>
    public SwinUnetr(ParameterStore store, ModelOptions options, int width = 48)
        : base(store, options, sizeMultiple: SwinTransformer.Patch << SwinTransformer.Stages)
    {
        var w = WidthOf(options, width, multiple: SwinTransformer.FirstHeads);
        _transformer = new SwinTransformer(
            Path / "swinViT", options.InChannels, w, options.Depths ?? [2, 2, 2, 2], options.Window ?? 16);
        _encoder1 = new ResidualConv(Path / "encoder1" / "layer", options.InChannels, w);
        _encoder2 = new ResidualConv(Path / "encoder2" / "layer", w, w);
        _encoder3 = new ResidualConv(Path / "encoder3" / "layer", 2 * w, 2 * w);
        _encoder4 = new ResidualConv(Path / "encoder4" / "layer", 4 * w, 4 * w);
        _bottleneck = new ResidualConv(Path / "encoder10" / "layer", 16 * w, 16 * w);
        _decoder5 = new UnetrUp(Path / "decoder5", 16 * w, 8 * w);
        _decoder4 = new UnetrUp(Path / "decoder4", 8 * w, 4 * w);
        _decoder3 = new UnetrUp(Path / "decoder3", 4 * w, 2 * w);
        _decoder2 = new UnetrUp(Path / "decoder2", 2 * w, w);
        _decoder1 = new UnetrUp(Path / "decoder1", w, w, factor: SwinTransformer.Patch);
        _out = new Conv2d(Path / "out" / "conv" / "conv", w, options.OutChannels, kernel: 1);
    }

    private protected override IReadOnlyList<ParameterPath[]> EncoderStages => _transformer.Paths;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        // (N, w, H/4, W/4) to (N, 16w, H/64, W/64)
        var h = _transformer.Forward(images);
        var features = _bottleneck.Forward(h[4]);                               // (N, 16w, H/64, W/64)
        features = _decoder5.Forward(features, h[3]);                           // (N, 8w, H/32, W/32)
        features = _decoder4.Forward(features, _encoder4.Forward(h[2]));        // (N, 4w, H/16, W/16)
        features = _decoder3.Forward(features, _encoder3.Forward(h[1]));        // (N, 2w, H/8, W/8)
        features = _decoder2.Forward(features, _encoder2.Forward(h[0]));        // (N, w, H/4, W/4)
        features = _decoder1.Forward(features, _encoder1.Forward(images));      // (N, w, H, W)
        return _out.Forward(features);
    }
}
