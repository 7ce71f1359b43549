using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

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
