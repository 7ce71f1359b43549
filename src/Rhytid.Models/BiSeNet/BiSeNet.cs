using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// The face parsing network: BiSeNet (Yu et al., 2018) with a ResNet-18, whose 1/8 map stands in for the spatial path.
/// </summary>
/// <remarks>
/// Any size is handled. Trains with two images or more at a time, because the global mean is normalised over the batch.
/// </remarks>
public sealed class BiSeNet : Network
{
    private readonly ContextPath _context;
    private readonly FeatureFusion _fusion;
    private readonly BiSeNetHead[] _heads;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels after the first convolution) is 64 as published,
    /// all others follow.
    /// </summary>
    public BiSeNet(ParameterStore store, ModelOptions options)
        : base(store, options)
    {
        var w = WidthOf(options, ResNetLayout.PublishedWidth, ResNetLayout.ResNet18.WidthMultiple);
        _context = new ContextPath(Path / "cp", options.InChannels, w);
        _fusion = new FeatureFusion(Path / "ffm", inChannels: 4 * w, outChannels: 4 * w);
        // The names are the published checkpoint's: conv_out16 reads the 1/8 map and conv_out32 the 1/16 map.
        _heads =
        [
            new BiSeNetHead(Path / "conv_out", 4 * w, 4 * w, options.OutChannels),
            new BiSeNetHead(Path / "conv_out16", 2 * w, w, options.OutChannels),
            new BiSeNetHead(Path / "conv_out32", 2 * w, w, options.OutChannels),
        ];
    }

    private protected override IReadOnlyList<ParameterPath[]> EncoderStages => _context.EncoderStages;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var (f8, c8, _) = _context.Forward(images);
        return Logits(0, _fusion.Forward(f8, c8), images);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> ComputeHeads(Tensor images)
    {
        var (f8, c8, c16) = _context.Forward(images);   // (N, 2w, H/8, W/8) twice, (N, 2w, H/16, W/16)
        var fused = _fusion.Forward(f8, c8);            // (N, 4w, H/8, W/8)
        return [Logits(0, fused, images), Logits(1, c8, images), Logits(2, c16, images)];
    }

    private Tensor Logits(int head, Tensor features, Tensor images) =>
        _heads[head].Forward(features).ResizeTo(images, alignCorners: true);
}
