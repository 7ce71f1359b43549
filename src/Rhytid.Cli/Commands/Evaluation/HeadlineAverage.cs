using Rhytid.Scores;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>The average that a result is quoted by.</summary>
/// <param name="Name">What the option calls it.</param>
/// <param name="Title">What tables call it.</param>
/// <param name="Of">Its value.</param>
/// <param name="IntervalOf">Its 95 % interval, or null.</param>
internal sealed record HeadlineAverage(
    string Name, string Title, Func<ScoreRow, double> Of, Func<ScoreRow, BootstrapInterval?> IntervalOf)
{
    public static HeadlineAverage Image { get; } = new(
        "image", "mean over photos", row => row.ImageMean, row => row.ImageInterval);

    public static HeadlineAverage Pooled { get; } = new(
        "pooled", "pooled", row => row.Pooled, row => row.PooledInterval);

    public static HeadlineAverage Batch { get; } = new(
        "batch", "mean over batches", row => row.BatchMean ?? double.NaN, _ => null);

    public static IReadOnlyList<HeadlineAverage> All { get; } = [Image, Pooled, Batch];

    public static HeadlineAverage Named(string name) => All.Single(one => one.Name == name);
}
