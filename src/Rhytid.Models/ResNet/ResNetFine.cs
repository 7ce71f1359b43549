using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// A light U-Net over a ResNet-18 that is cut after its third layer, with a branch at full size beside it: the encoder
/// brings what ImageNet taught it about hair, glasses and skin, the branch brings lines of one pixel, which the encoder
/// halves away at once.
/// </summary>
/// <remarks>
/// The input is colour and, for a fourth channel, the texture map, all as v / 127.5 - 1; the encoder sees colour alone,
/// less ImageNet's mean. Sizes are multiples of 16. Keys: <c>encoder</c> (torchvision's names), <c>fine</c>,
/// <c>decoder.{0..2}</c>,
/// <c>last</c>, <c>out</c>.
/// </remarks>
public sealed class ResNetFine : Network
{
    private const int Colours = 3;

    private readonly ResNetEncoder _encoder;
    private readonly DoubleConv _fine;
    private readonly DoubleConv[] _decoder;
    private readonly DoubleConv _last;
    private readonly Conv2d _out;
    private readonly Tensor _mean;

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels after the first convolution) is 64 as in
    /// ResNet-18, all others follow.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer input channels than colours.</exception>
    public ResNetFine(ParameterStore store, ModelOptions options)
        : base(store, options, sizeMultiple: 16)
    {
        if (options.InChannels < Colours)
            throw new ArgumentException(
                $"the network takes colour: {Colours} channels or more, not {options.InChannels}", nameof(options));
        var w = WidthOf(options, ResNetLayout.PublishedWidth, multiple: 4);
        _encoder = new ResNetEncoder(Path / "encoder", ResNetLayout.ResNet18Cut, Colours, w);
        var f = _encoder.Widths;
        _fine = new DoubleConv(Path / "fine", options.InChannels, w / 4);
        var decoder = Path / "decoder";
        _decoder =
        [
            new DoubleConv(decoder / 0, f[3] + f[2], 2 * w),
            new DoubleConv(decoder / 1, (2 * w) + f[1], w),
            new DoubleConv(decoder / 2, w + f[0], 3 * w / 4),
        ];
        _last = new DoubleConv(Path / "last", (3 * w / 4) + (w / 4), w / 4);
        _out = new Conv2d(Path / "out", w / 4, options.OutChannels, kernel: 1);
        _mean = Path.Buffer(
            "mean", mean => mean.CopyFrom(Tensor.From(OnnxResNet.Mean, 1, Colours, 1, 1)), DType.Float32, 1, Colours, 1,
            1);
    }

    private protected override IReadOnlyList<ParameterPath[]> EncoderStages => _encoder.Stages;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images)
    {
        // (N, f[i], H / 2^(i+1), W / 2^(i+1)), i = 0..3
        var f = _encoder.Forward(images.Narrow(1, 0, Colours) - _mean.To(images.DType));
        var features = f[^1];
        for (var i = 0; i < _decoder.Length; i++)
            features = _decoder[i].ForwardJoined(Enlarged(features), f[^(i + 2)]);        // up to (N, 3w/4, H/2, W/2)
        return _out.Forward(_last.ForwardJoined(Enlarged(features), _fine.Forward(images))); // (N, classes, H, W)
    }

    private static Tensor Enlarged(Tensor features) => features.Upsample(2, InterpolationMode.Bilinear);
}
