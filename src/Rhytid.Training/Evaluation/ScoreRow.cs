using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

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
