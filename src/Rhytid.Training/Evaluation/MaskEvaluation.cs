using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

/// <summary>
/// Scores of predicted masks: per photo, as mean over photos, over batches of photos, and of all pixels together.
/// </summary>
public sealed record MaskEvaluation
{
    /// <summary>What was scored.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>Photos that were scored, in the order of ids.</summary>
    public required IReadOnlyList<ImageScore> Images { get; init; }

    /// <summary>Ids left out because nobody drew a wrinkle on them (<see cref="EmptyCase.LeaveOut"/>).</summary>
    public IReadOnlyList<string> EmptyTruth { get; init; } = [];

    /// <summary>Ids for which there is no predicted mask.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Ids for which maps were asked for and there is none.</summary>
    public IReadOnlyList<string> MissingMaps { get; init; } = [];

    /// <summary>Id and reason of photos that could not be scored.</summary>
    public IReadOnlyList<(string Id, string Reason)> Failed { get; init; } = [];

    /// <summary>
    /// Probabilities of all photos' pixels together; null where there are no maps, and in a part of an evaluation.
    /// </summary>
    public ScoreHistogram? PooledMap { get; init; }

    /// <summary>Whether any photo has a map.</summary>
    public bool HasMaps => Images.Any(image => image.Map.Count > 0);

    /// <summary>The scores that masks have.</summary>
    public IReadOnlyList<MaskScore> Scores => MaskScore.All(Options);

    /// <summary>All pixels of all photos together; null where there is no photo.</summary>
    public MaskCounts? Pooled => Sum(Images);

    /// <summary>The score of one photo or of several together, two empty masks as the options say.</summary>
    public double ValueOf(MaskScore score, MaskCounts? counts)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (counts is null)
            return double.NaN;
        return score.IsOverlap && counts.BothEmpty
            ? Options.Empty switch { EmptyCase.Skip => double.NaN, EmptyCase.Zero => 0, _ => score.Of(counts) }
            : score.Of(counts);
    }

    /// <summary>Mean over photos of one score; photos where it is undefined are left out.</summary>
    public double ImageMean(MaskScore score) => Mean(Images.Select(image => ValueOf(score, image.Counts)));

    /// <summary>Mean over photos of one of <see cref="MapScore.All"/>, by its place.</summary>
    public double ImageMean(int mapScore) =>
        Mean(Images.Where(image => image.Map.Count > 0).Select(image => image.Map[mapScore]));

    /// <summary>
    /// Mean over batches of photos in the order of ids, the pixels of a batch counted together, as training frameworks
    /// log it.
    /// </summary>
    public double BatchMean(MaskScore score, int batchSize) =>
        Mean(Images.Chunk(batchSize).Select(batch => ValueOf(score, Sum(batch))));

    /// <summary>On how many photos a score is undefined, so that its mean leaves them out.</summary>
    public int Undefined(MaskScore score) => Images.Count(image => double.IsNaN(ValueOf(score, image.Counts)));

    /// <summary>The same evaluation of some of its photos; what was counted over all of them is left out.</summary>
    public MaskEvaluation Where(Func<ImageScore, bool> isIn) =>
        new() { Options = Options, Images = [.. Images.Where(isIn)] };

    internal static double Mean(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();

    private static MaskCounts? Sum(IReadOnlyCollection<ImageScore> images) =>
        images.Count == 0 ? null : images.Select(image => image.Counts).Aggregate(MaskCounts.Add);
}

/// <summary>What becomes of photos on which nobody drew a wrinkle.</summary>
public enum EmptyCase
{
    /// <summary>They are not scored at all: an empty mask may mean smooth skin or no annotation.</summary>
    LeaveOut = 0,

    /// <summary>They are scored; where the prediction is empty too, JSI and F1 are 1.</summary>
    One = 1,

    /// <summary>
    /// They are scored; where the prediction is empty too, JSI and F1 are left out of the mean over photos.
    /// </summary>
    Skip = 2,

    /// <summary>They are scored; where the prediction is empty too, JSI and F1 are 0.</summary>
    Zero = 3,
}

/// <summary>Everything that is counted of a predicted and a manual mask, for one photo or for many together.</summary>
/// <param name="Pixels">Pixel by pixel.</param>
/// <param name="Tolerant">With a partner nearby, for each tolerance.</param>
/// <param name="CenterLine">Of centre lines, where they were asked for.</param>
public sealed record MaskCounts(
    ConfusionCounts Pixels, IReadOnlyList<TolerantCounts> Tolerant, CenterLineDice? CenterLine)
{
    /// <summary>Whether there is no wrinkle in either mask: then overlap has no meaning of its own.</summary>
    public bool BothEmpty => Pixels.TruePositives + Pixels.FalsePositives + Pixels.FalseNegatives == 0;

    /// <summary>Counts two masks of one size.</summary>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says.</param>
    /// <param name="scored">Where pixels count; everywhere unless given.</param>
    /// <param name="options">What to count.</param>
    public static MaskCounts Count(Mask predicted, Mask truth, Mask? scored, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MaskCounts(
            ConfusionCounts.Count(predicted, truth, scored),
            options.Tolerances.Count == 0 ? [] : TolerantCounts.Count(predicted, truth, options.Tolerances, scored),
            options.CenterLine ? CenterLineDice.Compute(predicted, truth, scored) : null);
    }

    /// <summary>Counts of photos together.</summary>
    public static MaskCounts operator +(MaskCounts a, MaskCounts b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new MaskCounts(
            a.Pixels + b.Pixels, [.. a.Tolerant.Zip(b.Tolerant, TolerantCounts.Add)], a.CenterLine + b.CenterLine);
    }

    /// <summary>Counts of photos together.</summary>
    public static MaskCounts Add(MaskCounts left, MaskCounts right) => left + right;
}

/// <summary>Scores of one photo.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Counts">What was counted inside the scored region.</param>
/// <param name="Map">Values of <see cref="MapScore.All"/> in their order; empty where there is no map.</param>
public sealed record ImageScore(string Id, MaskCounts Counts, IReadOnlyList<double> Map);

/// <summary>One score of a map of probabilities, which no threshold enters.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="Of">Its value; NaN where it is undefined.</param>
public sealed record MapScore(string Name, string Key, Func<ScoreHistogram, double> Of)
{
    /// <summary>AUC, average precision, calibration error.</summary>
    public static IReadOnlyList<MapScore> All { get; } =
    [
        new("AUC (ROC)", "auc", histogram => histogram.Auc),
        new("average precision", "average_precision", histogram => PrecisionRecallCurve.Compute(histogram).AveragePrecision),
        new("calibration error", "calibration_error", histogram => CalibrationError.Compute(histogram)),
    ];
}
