using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Inspection;

namespace Rhytid.Training.Evaluation;

/// <summary>How an evaluation is summed up.</summary>
public sealed record EvaluationReportOptions
{
    /// <summary>The average that the result is quoted by.</summary>
    public HeadlineAverage Average { get; init; } = HeadlineAverage.Image;

    /// <summary>Photos in a batch of <see cref="HeadlineAverage.Batch"/>.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The recall for which a threshold is wanted, where there are probabilities.</summary>
    public double Recall { get; init; } = 0.9;

    /// <summary>Sets of photos drawn for the 95 % intervals; 0 for none.</summary>
    public int Resamples { get; init; } = BootstrapInterval.DefaultResamples;

    /// <summary>Seed of the intervals' draws.</summary>
    public int Seed { get; init; }

    /// <summary>Who is on the photos, for scores per group; null for none.</summary>
    public DemographicsFile? People { get; init; }
}

/// <summary>All scores of one evaluation: averages, intervals, thresholds and groups.</summary>
public sealed record EvaluationReport
{
    /// <summary>What tables call the run.</summary>
    public required string Name { get; init; }

    /// <summary>The data set's name, not its path: results are passed on.</summary>
    public required string Data { get; init; }

    /// <summary>Whether only pixels inside scored regions count.</summary>
    public required bool HasScoredRegions { get; init; }

    /// <summary>The mask value that means wrinkle, or null for masks of 0/1 or 0/255.</summary>
    public required int? WrinkleValue { get; init; }

    /// <summary>The scores of each photo.</summary>
    public required MaskEvaluation Evaluation { get; init; }

    /// <summary>The average that the result is quoted by.</summary>
    public required HeadlineAverage Average { get; init; }

    /// <summary>Photos in a batch of <see cref="HeadlineAverage.Batch"/>.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Every score with its averages.</summary>
    public required IReadOnlyList<ScoreRow> Rows { get; init; }

    /// <summary>Scores per group; null where nobody said who is on the photos.</summary>
    public required SubgroupEvaluation? Groups { get; init; }

    /// <summary>Thresholds; null without probabilities.</summary>
    public required EvaluationThresholds? Thresholds { get; init; }

    /// <summary>The average that groups are compared by: batches of a group would be other photos.</summary>
    public HeadlineAverage GroupAverage => Average == HeadlineAverage.Batch ? HeadlineAverage.Image : Average;

    /// <summary>Sums an evaluation up.</summary>
    /// <param name="target">What was scored.</param>
    /// <param name="evaluation">The scores of its photos.</param>
    /// <param name="data">The data set's folder or pack.</param>
    /// <param name="options">Averages, intervals and groups.</param>
    /// <exception cref="ImageException">No photo was scored; the message says why.</exception>
    public static EvaluationReport Create(
        EvaluationTarget target, MaskEvaluation evaluation, string data, EvaluationReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(options);
        if (evaluation.Images.Count == 0)
            throw new ImageException(WhyNothing(target, evaluation, data));
        int? batchSize = options.Average == HeadlineAverage.Batch ? options.BatchSize : null;
        return new EvaluationReport
        {
            Name = target.Name,
            Data = EvaluationTarget.NameOf(data),
            HasScoredRegions = target.HasScoredRegions,
            WrinkleValue = target.WrinkleValue,
            Evaluation = evaluation,
            Average = options.Average,
            BatchSize = options.BatchSize,
            Rows = ScoreTable.Compute(evaluation, options.Resamples, options.Seed, batchSize),
            Groups = options.People is { } people
                ? SubgroupEvaluation.Compute(evaluation, people, options.Resamples, options.Seed)
                : null,
            Thresholds = evaluation.PooledMap is { } map ? new EvaluationThresholds(map, options.Recall) : null,
        };
    }

    private static string WhyNothing(EvaluationTarget target, MaskEvaluation evaluation, string data)
    {
        if (evaluation.Failed.Count > 0)
            return evaluation.Failed[0].Reason;
        if (evaluation.Missing.Count == 0 && evaluation.EmptyTruth.Count > 0)
            return $"{data}: no wrinkle is drawn on any of its {evaluation.EmptyTruth.Count} masks; "
                + "--empty one scores them all the same";
        return target.Count == 0
            ? $"{data}: none of the photos that were asked for has a manual mask"
            : $"{target.Name}: none of the {target.Count} photos of {data} that have a manual mask has a mask here";
    }
}

/// <summary>The precision-recall curve of all pixels and two thresholds on it.</summary>
/// <param name="map">Probabilities of the pixels of all photos.</param>
/// <param name="wanted">The recall for which a threshold is wanted.</param>
public sealed class EvaluationThresholds(ScoreHistogram map, double wanted)
{
    /// <summary>The curve.</summary>
    public PrecisionRecallCurve Curve { get; } = PrecisionRecallCurve.Compute(map);

    /// <summary>The recall for which a threshold is wanted.</summary>
    public double WantedRecall { get; } = wanted;

    /// <summary>The threshold of the best F1; null where no pixel is wrinkle.</summary>
    public OperatingPoint? BestF1 => Curve.BestF1;

    /// <summary>The highest threshold that reaches the wanted recall; null where no pixel is wrinkle.</summary>
    public OperatingPoint? AtRecall => Curve.AtRecall(WantedRecall);
}

/// <summary>The average that a result is quoted by.</summary>
/// <param name="Name">What options and files call it.</param>
/// <param name="Title">What tables call it.</param>
/// <param name="Of">Its value.</param>
/// <param name="IntervalOf">Its 95 % interval, or null.</param>
public sealed record HeadlineAverage(
    string Name, string Title, Func<ScoreRow, double> Of, Func<ScoreRow, BootstrapInterval?> IntervalOf)
{
    /// <summary>Mean over photos.</summary>
    public static HeadlineAverage Image { get; } = new(
        "image", "mean over photos", row => row.ImageMean, row => row.ImageInterval);

    /// <summary>The pixels of all photos together.</summary>
    public static HeadlineAverage Pooled { get; } = new(
        "pooled", "pooled", row => row.Pooled, row => row.PooledInterval);

    /// <summary>Mean over batches of photos.</summary>
    public static HeadlineAverage Batch { get; } = new(
        "batch", "mean over batches", row => row.BatchMean ?? double.NaN, _ => null);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HeadlineAverage> All { get; } = [Image, Pooled, Batch];
}
