using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Sandu's U-Net over a ResNet-50, with attention gates on the skips or without.</summary>
/// <remarks>
/// Sizes are multiples of 32. <see cref="ModelOptions.Bilinear"/> enlarges without a convolution, so the joined maps
/// are wider. Keys: <c>input_layer.{0,1}, encoder{1..4}, att{1..4}, up{1..5}, outc</c>.
/// </remarks>
public sealed class SanduUnet : Network
{
    private const double Dropout = 0.2;
    private readonly ResNetEncoder _encoder;
    private readonly AttentionGate[] _gates = [];
    private readonly UpBlock[] _decoder;
    private readonly Conv2d _out;
    private readonly GateSignal _signal;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels after the first convolution) is 64 as published,
    /// all others follow.
    /// </summary>
    /// <param name="store">Takes the parameters.</param>
    /// <param name="options">Channels and choices.</param>
    /// <param name="gated">Whether the skips pass attention gates.</param>
    public SanduUnet(ParameterStore store, ModelOptions options, bool gated)
        : base(store, options, sizeMultiple: 32)
    {
        var layout = ResNetLayout.ResNet50;
        var w = WidthOf(options, ResNetLayout.PublishedWidth, layout.WidthMultiple);
        _encoder = new ResNetEncoder(
            Path / "input_layer" / 0,
                Path / "input_layer" / 1, number => Path / $"encoder{number}", layout, options.InChannels, w);
        _signal = options.Gate ?? GateSignal.Encoder;
        if (gated)
        {
            _gates =
            [
                new AttentionGate(Path / "att1", 32 * w, 16 * w, 8 * w),
                new AttentionGate(Path / "att2", 16 * w, 8 * w, 4 * w),
                new AttentionGate(Path / "att3", 8 * w, 4 * w, 2 * w),
                new AttentionGate(Path / "att4", 4 * w, w, w / 2),
            ];
        }
        var transposed = options.Bilinear != true;
        _decoder =
        [
            new UpBlock(Path / "up1", 32 * w, 16 * w, 16 * w, transposed: transposed, dropout: Dropout),
            new UpBlock(Path / "up2", 16 * w, 8 * w, 8 * w, transposed: transposed, dropout: Dropout),
            new UpBlock(Path / "up3", 8 * w, 4 * w, 4 * w, transposed: transposed, dropout: Dropout),
            new UpBlock(Path / "up4", 4 * w, w, 2 * w, transposed: transposed, dropout: Dropout),
            new UpBlock(Path / "up5", 2 * w, 0, w, transposed: transposed, dropout: Dropout),
        ];
        _out = new Conv2d(Path / "outc" / "conv", w, options.OutChannels, kernel: 1);
    }

    private protected override IReadOnlyList<ParameterPath[]> EncoderStages => _encoder.Stages;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        var maps = _encoder.Forward(images);    // (N, w, H/2, W/2), (N, 4w, H/4, W/4) to (N, 32w, H/32, W/32)
        var features = maps[^1];
        for (var i = 0; i < 4; i++)
        {
            var skip = maps[^(i + 2)];
            if (_gates.Length > 0)
                skip = _gates[i].Forward(_signal == GateSignal.Decoder ? features : maps[^(i + 1)], skip);
            features = _decoder[i].Forward(features, skip);  // (N, 16w, H/16, W/16) to (N, 2w, H/2, W/2)
        }
        return _out.Forward(_decoder[^1].Forward(features, skip: null));
    }
}
