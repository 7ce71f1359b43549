using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>A U-Net whose way down is a residual network, usually pre-trained on ImageNet.</summary>
/// <remarks>
/// Sizes are multiples of 32. Keys: <c>encoder</c>, <c>decoder.blocks.{0..4}</c>, <c>segmentation_head.0</c>.
/// </remarks>
public sealed class ResNetUnet : Network
{
    private readonly ResNetEncoder _encoder;
    private readonly SkipBlock[] _decoder;
    private readonly SegmentationHead _head;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels after the first convolution) is 64 as published,
    /// all others follow.
    /// </summary>
    internal ResNetUnet(ParameterStore store, ModelOptions options, ResNetLayout layout)
        : base(store, options, sizeMultiple: 32)
    {
        var w = WidthOf(options, ResNetLayout.PublishedWidth, layout.WidthMultiple);
        _encoder = new ResNetEncoder(Path / "encoder", layout, options.InChannels, w);
        var f = _encoder.Widths;
        var blocks = Path / "decoder" / "blocks";
        _decoder =
        [
            new SkipBlock(blocks / 0, f[4], f[3], 4 * w),
            new SkipBlock(blocks / 1, 4 * w, f[2], 2 * w),
            new SkipBlock(blocks / 2, 2 * w, f[1], w),
            new SkipBlock(blocks / 3, w, f[0], w / 2),
            new SkipBlock(blocks / 4, w / 2, 0, w / 4),
        ];
        _head = new SegmentationHead(Path / "segmentation_head", w / 4, options.OutChannels);
    }

    private protected override IReadOnlyList<ParameterPath[]> EncoderStages => _encoder.Stages;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var f = _encoder.Forward(images);                   // (N, f[i], H / 2^(i+1), W / 2^(i+1))
        var features = _decoder[0].Forward(f[4], f[3]);     // (N, 4w, H/16, W/16)
        features = _decoder[1].Forward(features, f[2]);     // (N, 2w, H/8, W/8)
        features = _decoder[2].Forward(features, f[1]);     // (N, w, H/4, W/4)
        features = _decoder[3].Forward(features, f[0]);     // (N, w/2, H/2, W/2)
        features = _decoder[4].Forward(features);           // (N, w/4, H, W)
        return _head.Forward(features);
    }
}
