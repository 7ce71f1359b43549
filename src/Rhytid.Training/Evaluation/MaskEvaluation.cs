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
