using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// Swin UNETR's transformer with a head that draws what hidden patches show (SimMIM, Xie et al., 2022).
/// </summary>
/// <remarks>
/// Sizes are multiples of 64. A fourth input channel says which pixels are hidden; their patches become one learned
/// token. Keys:
/// <c>swinViT</c> as in <c>swin-unetr</c>, which starts from it; <c>mask_token</c>; <c>decoder.0</c>.
/// </remarks>
public sealed class SwinMim : Network
{
    private const int Colours = 3;
    private const int Stride = SwinTransformer.Patch << SwinTransformer.Stages;

    private readonly SwinTransformer _transformer;
    private readonly Tensor? _token;
    private readonly Conv2d _head;

    /// <summary>Builds the network; choices are those of <see cref="SwinUnetr"/>.</summary>
    public SwinMim(ParameterStore store, ModelOptions options, int width = 48)
        : base(store, options, sizeMultiple: Stride)
    {
        width = WidthOf(options, width, multiple: SwinTransformer.FirstHeads);
        _transformer = new SwinTransformer(
            Path / "swinViT", Colours, width, options.Depths ?? [2, 2, 2, 2], options.Window ?? 16);
        if (options.InChannels > Colours)
            _token = Path.Parameter("mask_token", Initializers.TruncatedNormal(0.02), 1, 1, 1, width);
        // Four mergings make the stride 64, where the original's is 32.
        _head = new Conv2d(Path / "decoder" / 0, 16 * width, Stride * Stride * options.OutChannels, kernel: 1);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var colours = images.Narrow(1, 0, Colours);
        var maps = _token is null
            ? _transformer.Forward(colours)
            : _transformer.Forward(colours, tokens => Hide(tokens, _token, images.Narrow(1, Colours, 1)));
        return _head.Forward(maps[^1]).PixelShuffle(Stride);    // (N, 16w, H/64, W/64) to (N, OutChannels, H, W)
    }

    /// <param name="tokens">(N, H/4, W/4, width).</param>
    /// <param name="token">(1, 1, 1, width).</param>
    /// <param name="hidden">(N, 1, H, W): 1 where hidden; patches are hidden whole.</param>
    private static Tensor Hide(Tensor tokens, Tensor token, Tensor hidden)
    {
        var cells = hidden.MaxPool2d(SwinTransformer.Patch).Permute(0, 2, 3, 1);    // (N, H/4, W/4, 1)
        return (tokens * (1 - cells)) + (token.To(tokens.DType) * cells);
    }
}
