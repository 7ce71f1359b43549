using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// UNet++ over a residual network: skips pass through nodes that are decoders themselves (Zhou et al., 2018).
/// </summary>
/// <remarks>
/// Sizes are multiples of 32. Node X(d, l) is in row d, counted from the deepest encoder map, and joins what column l
/// offers. Keys: <c>encoder</c>, <c>decoder.blocks.x_{d}_{l}</c>, <c>segmentation_head.0</c>; with deep supervision
/// also
/// <c>deep_supervision.x_0_{1,2,3}</c>, which no published checkpoint has.
/// </remarks>
public sealed class UnetPlusPlus : Network
{
    private const int Columns = 4;
    private readonly ResNetEncoder _encoder;
    private readonly Dictionary<(int Row, int Column), SkipBlock> _nodes = [];
    private readonly SegmentationHead _head;
    private readonly Conv2d[] _sideHeads = [];

    /// <summary>
    /// Builds the network; <see cref="ModelOptions.Width"/> (channels after the first convolution) is 64 as published,
    /// all others follow.
    /// </summary>
    internal UnetPlusPlus(ParameterStore store, ModelOptions options, ResNetLayout layout)
        : base(store, options, sizeMultiple: 32)
    {
        var w = WidthOf(options, ResNetLayout.PublishedWidth, layout.WidthMultiple);
        _encoder = new ResNetEncoder(Path / "encoder", layout, options.InChannels, w);
        int[] e = [.. _encoder.Widths.Reverse()];      // encoder maps, the deepest first
        int[] d = [4 * w, 2 * w, w, w / 2, w / 4];     // nodes of row 0
        int Channels(int row, int column) => row == 0 ? d[column] : e[column + 1];

        var blocks = Path / "decoder" / "blocks";
        for (var column = 0; column < Columns; column++)
        {
            for (var row = column; row >= 0; row--)
            {
                var below = row == column ? e[row] : Channels(row, column - 1);
                var skips = e[column + 1]
                    + Enumerable.Range(row + 1, column - row).Sum(other => Channels(other, column));
                _nodes[(row, column)] = new SkipBlock(
                    blocks / $"x_{row}_{column}", below, skips, Channels(row, column));
            }
        }
        _nodes[(0, Columns)] = new SkipBlock(blocks / $"x_0_{Columns}", d[3], 0, d[4]);
        _head = new SegmentationHead(Path / "segmentation_head", d[4], options.OutChannels);
        if (options.DeepSupervision == true)
            _sideHeads =
            [
                .. Enumerable.Range(1, 3)
                    .Select(
                        l => new Conv2d(Path / "deep_supervision" / $"x_0_{l}", d[l], options.OutChannels, kernel: 1))
            ];
    }

    private protected override IReadOnlyList<ParameterPath[]> EncoderStages => _encoder.Stages;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor images) => _head.Forward(Decode(images)[Columns]);

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> ComputeHeads(Tensor images)
    {
        var features = Decode(images);
        return [_head.Forward(
            features[Columns]), .. _sideHeads.Select((head, i) => head.Forward(features[i + 1]).ResizeTo(images))];
    }

    /// <returns>X(0, l): (N, d[l], H / 2^(4-l), W / 2^(4-l)) for l = 0 to 4.</returns>
    private List<Tensor> Decode(Tensor images)
    {
        Tensor[] e = [.. _encoder.Forward(images).Reverse()]; // (N, e[i], H / 2^(5-i), W / 2^(5-i))
        var rows = new Tensor[Columns];                       // the last node of each row so far
        var topRow = new List<Tensor>();
        for (var column = 0; column < Columns; column++)
        {
            // Rows below this one have reached this column already: they and the encoder map are the skips.
            for (var row = column; row >= 0; row--)
                rows[row] = _nodes[(row, column)].Forward(
                    row == column ? e[row] : rows[row], [.. rows[(row + 1)..(column + 1)], e[column + 1]]);
            topRow.Add(rows[0]);
        }
        topRow.Add(_nodes[(0, Columns)].Forward(rows[0]));
        return topRow;
    }
}
