using Rhytid.Scores;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>
/// Confusion counts of each image at one threshold, inside the scored region. Keeps the images with the lowest and
/// highest scores.
/// </summary>
/// <param name="threshold">Probability from which on a pixel is wrinkle.</param>
public sealed class WrinkleMetric(double threshold = 0.5) : IMetric
{
    private const int OfEachKind = 4;

    private readonly List<(string Id, ConfusionCounts Counts)> _images = [];
    private readonly List<RunExample> _examples = [];

    /// <inheritdoc/>
    public IReadOnlyList<(string Id, ConfusionCounts Counts)> Images => _images;

    /// <inheritdoc/>
    public IReadOnlyList<RunExample> Examples => [.. _examples.OrderBy(example => example.Jsi)];

    /// <summary>Mean JSI over images.</summary>
    public double Score => Mean(counts => counts.Jsi);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Values => new Dictionary<string, double>
    {
        ["val/iou"] = Score,
        ["val/f1"] = Mean(counts => counts.F1),
        ["val/precision"] = Mean(counts => counts.Precision),
        ["val/recall"] = Mean(counts => counts.Recall),
        ["val/accuracy"] = Mean(counts => counts.Accuracy),
        ["val/specificity"] = Mean(counts => counts.Specificity),
        ["val/iou_pooled"] = _images.Aggregate(default(ConfusionCounts), (sum, image) => sum + image.Counts).Jsi,
    };

    /// <inheritdoc/>
    public void Add(WrinkleBatch batch, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var logits = Logits.Wrinkle(output);
        var counts = Count(logits, batch[Channel.Wrinkles]!, batch[Channel.ScoredRegion]).ToList();
        for (var i = 0; i < counts.Count; i++)
        {
            _images.Add((batch.Ids[i], counts[i]));
            Keep(counts[i].Jsi, batch, logits, i);
        }
    }

    private double Mean(Func<ConfusionCounts, double> score) =>
        _images.Select(image => score(image.Counts)).Where(value => !double.IsNaN(value)).DefaultIfEmpty(
            double.NaN).Average();

    // Only what is among the worst or the best so far is copied.
    private void Keep(double jsi, WrinkleBatch batch, Tensor logits, int row)
    {
        if (double.IsNaN(jsi))
            return;
        if (_examples.Count == 2 * OfEachKind)
        {
            _examples.Sort((a, b) => a.Jsi.CompareTo(b.Jsi));
            if (jsi >= _examples[OfEachKind - 1].Jsi && jsi <= _examples[OfEachKind].Jsi)
                return;
            _examples.RemoveAt(jsi < _examples[OfEachKind - 1].Jsi ? OfEachKind - 1 : OfEachKind);
        }
        byte[] Bytes(Tensor plane) =>
            (plane.Narrow(0, row, 1).To(DType.Float32) + 0.5).Clamp(0, 255)
                .To(DType.UInt8)
                .Contiguous()
                .ToArray<byte>();
        var scored = batch[Channel.ScoredRegion] is { } region ? Bytes(region) : null;
        _examples.Add(new RunExample(
            batch.Ids[row], jsi, (int)batch.Photo.Size(3), Bytes(batch.Photo), Bytes(batch[Channel.Wrinkles]!),
            Bytes(logits.Sigmoid() * 255), scored, threshold));
    }

    private IEnumerable<ConfusionCounts> Count(Tensor logits, Tensor masks, Tensor? scored)
    {
        var predicted = logits.Greater(Math.Log(threshold / (1 - threshold))).To(DType.Float32);
        // Sums of floats are exact up to 16 million, the pixels of a picture of 4096 x 4096.
        long[] Sums(Tensor values) =>
            [.. Reduction.Sum(Reduction.KeepScored(values, scored), Pooling.Image)
                .ToArray<float>()
                .Select(value => (long)value)];
        var (tp, fp, fn, tn) =
            (Sums(predicted * masks), Sums(predicted * (1 - masks)), Sums((1 - predicted) * masks),
                Sums((1 - predicted) * (1 - masks)));
        return tp.Select((_, i) => new ConfusionCounts(tp[i], fp[i], fn[i], tn[i]));
    }
}

/// <summary>
/// One validation image with what the network made of it, as bytes: a machine without OpenCV stores it, another draws
/// it.
/// </summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Jsi">Of the image at the network's threshold, inside the scored region.</param>
/// <param name="Size">Side in pixels: H and W below.</param>
/// <param name="Photo">Planes of red, green, blue: 3 x H x W.</param>
/// <param name="Truth">The manual mask: H x W of 0 and 1.</param>
/// <param name="Probability">Of wrinkle: H x W, 0 to 255 for 0 to 1, rounded.</param>
/// <param name="Scored">Where pixels count: H x W of 0 and 1; null for everywhere.</param>
/// <param name="Threshold">Probability from which on a pixel is wrinkle.</param>
public sealed record RunExample(
    string Id, double Jsi, int Size, byte[] Photo, byte[] Truth, byte[] Probability, byte[]? Scored,
    double Threshold = 0.5)
{
    /// <summary>The smallest <see cref="Probability"/> that counts as wrinkle.</summary>
    public byte Level => (byte)Math.Clamp(Math.Ceiling(Threshold * byte.MaxValue), 1, byte.MaxValue);

    /// <exception cref="ArgumentException">An array has not as many bytes as its pixels.</exception>
    internal void Check()
    {
        var pixels = (long)Size * Size;
        if (Size <= 0
            || Photo.Length != 3 * pixels
            || Truth.Length != pixels
            || Probability.Length != pixels
            || (Scored is not null && Scored.Length != pixels))
            throw new ArgumentException(
                $"{Id}: an example of side {Size} has 3 planes of colour, a mask and a map of {pixels} bytes each");
    }
}
