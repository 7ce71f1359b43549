using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>Masked image modelling: predicts the hidden patches of a photo (Moon).</summary>
/// <remarks>
/// A network of four input channels gets the photo and, as the fourth, which pixels are hidden (<c>swin-mim</c> puts a
/// learned token there); one of three gets a photo with grey patches.
/// </remarks>
/// <param name="preprocessing">What the network sees.</param>
/// <param name="patch">Side of a patch in pixels.</param>
/// <param name="ratio">Fraction of patches that is hidden, rounded up to whole patches.</param>
/// <param name="seed">The run's seed.</param>
public sealed class MaskedImageModelingObjective(Preprocessing preprocessing, int patch, double ratio, int seed)
    : IObjective
{
    private const int Colours = 3;

    private readonly Preprocessing _colours = preprocessing with
    {
        Mean = [.. preprocessing.Mean.Take(Colours)],
        Deviation = [.. preprocessing.Deviation.Take(Colours)]
    };

    /// <inheritdoc/>
    public string Id => "mim";

    /// <inheritdoc/>
    public InputsAndTargets Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var photo = NetworkInputs.Make(batch, _colours);
        var hidden = Hidden(batch.Ids, epoch, (int)photo.Size(2), (int)photo.Size(3)).To(photo.Device);
        var input = preprocessing.Mean.Count > Colours ? Tensor.Cat([photo, hidden], 1) : photo * (1 - hidden);
        return new InputsAndTargets(
            input.Contiguous(MemoryFormat.ChannelsLast),
            new LossTarget(photo, batch[Channel.ScoredRegion] is { } scored ? hidden * scored : hidden));
    }

    /// <summary>(N, 1, H, W): 1 where the network does not see.</summary>
    internal Tensor Hidden(IReadOnlyList<string> ids, int epoch, int height, int width)
    {
        var (rows, columns) = ((height + patch - 1) / patch, (width + patch - 1) / patch);
        // In binary, 0.55 of 100 is a little more than 55.
        var count = (int)Math.Ceiling(Math.Round(ratio * rows * columns, 6));
        var hidden = Tensor.Zeros([ids.Count, 1, height, width]);
        var values = hidden.AsSpan<float>();
        for (var i = 0; i < ids.Count; i++)
        {
            var random = new AugmentationSeed(seed, epoch, ids[i]).For(Id);
            var cells = Enumerable.Range(0, rows * columns).ToArray();
            for (var k = 0; k < count; k++)
            {
                var pick = k + random.Below(cells.Length - k);
                (cells[k], cells[pick]) = (cells[pick], cells[k]);
                var (row, column) = Math.DivRem(cells[k], columns);
                for (var y = row * patch; y < Math.Min(height, (row + 1) * patch); y++)
                    values.Slice(
                        (((i * height) + y) * width) + (column * patch),
                        Math.Min(patch, width - (column * patch))).Fill(1);
            }
        }
        return hidden;
    }
}
