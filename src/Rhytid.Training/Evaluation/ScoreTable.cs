using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

/// <summary>All scores of an evaluation with their intervals.</summary>
public static class ScoreTable
{
    /// <summary>One row for each score of masks, then for each score of maps.</summary>
    /// <param name="evaluation">At least one photo.</param>
    /// <param name="resamples">How many sets of photos the intervals draw; 0 for none.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="batchSize">Photos in a batch, or null for no mean over batches.</param>
    public static IReadOnlyList<ScoreRow> Compute(
        MaskEvaluation evaluation, int resamples = BootstrapInterval.DefaultResamples, int seed = 0,
        int? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var scores = evaluation.Scores;
        var pooled = evaluation.Pooled;
        var values = ImageValues(evaluation);
        var intervals = resamples == 0 ? null : Intervals(evaluation, values, resamples, seed);
        var masks =
            scores.Select(
                (score, i) =>
                    new ScoreRow(score.Name, score.Key, evaluation.ImageMean(score), evaluation.ValueOf(score, pooled))
                    {
                        ImageInterval = intervals?[i],
                        PooledInterval = intervals?[values.Count + i],
                        BatchMean = batchSize is { } size ? evaluation.BatchMean(score, size) : null,
                        Undefined = evaluation.Undefined(score),
                    });
        var maps = !evaluation.HasMaps
            ? []
            : MapScore.All.Select(
                (score, i) =>
                    new ScoreRow(
                        score.Name, score.Key, evaluation.ImageMean(i),
                        evaluation.PooledMap is { } all ? score.Of(all) : double.NaN)
                    {
                        ImageInterval = intervals?[scores.Count + i],
                        Undefined = values[scores.Count + i].Count(double.IsNaN),
                    });
        return [.. masks, .. maps];
    }

    // By score, then by photo.
    private static List<double[]> ImageValues(MaskEvaluation evaluation)
    {
        var masks =
            evaluation.Scores.Select(
                score => evaluation.Images.Select(image => evaluation.ValueOf(score, image.Counts)).ToArray());
        var maps = !evaluation.HasMaps
            ? []
            : MapScore.All.Select(
                (_, i) => evaluation.Images.Select(image => image.Map.Count > 0 ? image.Map[i] : double.NaN).ToArray());
        return [.. masks, .. maps];
    }

    // One draw serves all scores: means of the values, then scores of the summed counts.
    private static IReadOnlyList<BootstrapInterval> Intervals(
        MaskEvaluation evaluation, List<double[]> values, int resamples, int seed)
    {
        var scores = evaluation.Scores;
        return BootstrapInterval.Compute(evaluation.Images.Count, drawn =>
        {
            var sum = drawn.Select(i => evaluation.Images[i].Counts).Aggregate(MaskCounts.Add);
            return [.. values.Select(
                value => MeanOf(value, drawn)), .. scores.Select(score => evaluation.ValueOf(score, sum))];
        }, seed, resamples);
    }

    private static double MeanOf(double[] values, IReadOnlyList<int> drawn)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < drawn.Count; i++)
        {
            if (values[drawn[i]] is var value && double.IsNaN(value))
                continue;
            sum += value;
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }
}

/// <summary>One score of a whole set, by every average.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="ImageMean">Mean over photos.</param>
/// <param name="Pooled">Of all pixels together.</param>
public sealed record ScoreRow(string Name, string Key, double ImageMean, double Pooled)
{
    /// <summary>95 % interval of the mean over photos; null where it was not asked for.</summary>
    public BootstrapInterval? ImageInterval { get; init; }

    /// <summary>95 % interval of the pooled score; null where it was not asked for, and for scores of maps.</summary>
    public BootstrapInterval? PooledInterval { get; init; }

    /// <summary>Mean over batches; null for scores of maps, and where no batches were asked for.</summary>
    public double? BatchMean { get; init; }

    /// <summary>Photos on which the score is undefined; the mean over photos leaves them out.</summary>
    public int Undefined { get; init; }
}
