using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// The U-Net of weighted deep supervision, with a head on every step of the way up. Convolutions have biases.
/// </summary>
/// <remarks>Any size from 16 is handled. The authors' input is colour and texture map, four channels.</remarks>
public sealed class WdsUnet : Network
{
    private readonly UnetEncoder _encoder;
    private readonly UnetDecoder _decoder;
    private readonly Conv2d[] _heads;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels at full size) is 64 as published.
    /// </summary>
    public WdsUnet(ParameterStore store, ModelOptions options)
        : base(store, options, leastSize: UnetEncoder.LeastSize)
    {
        var w = WidthOf(options, published: 64);
        _encoder = new UnetEncoder(Path, options.InChannels, [w, 2 * w, 4 * w, 8 * w, 8 * w], bias: true);
        _decoder = UnetDecoder.Bilinear(Path, w, bias: true);
        int[] widths = [w, w, 2 * w, 4 * w]; // of the decoder's maps, the finest first
        _heads =
        [
            .. widths.Select(
                (channels, i) => new Conv2d(Path / $"outc_{i + 1}" / "conv", channels, options.OutChannels, kernel: 1))
        ];
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images) =>
        _heads[0].Forward(_decoder.Forward(_encoder.Forward(images))[^1]);

    // The paper resizes the maps and then applies the heads. A 1x1 convolution and a resize may change places, and this
    // way no map of many channels ever has full size.
    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> ComputeHeads(Tensor images)
    {
        var features = _decoder.Forward(_encoder.Forward(images)); // (N, 4w, H/8, W/8) to (N, w, H, W)
        return [.. _heads.Select((head, i) => head.Forward(features[^(i + 1)]).ResizeTo(images))];
    }
}
