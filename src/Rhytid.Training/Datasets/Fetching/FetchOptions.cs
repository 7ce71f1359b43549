namespace Rhytid.Training.Datasets.Fetching;

/// <summary>How patiently and how widely files are fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>Files at once.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How often a broken or refused transfer is tried again.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>A server that sends nothing for this long counts as a broken connection.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the first new try; doubled for each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause. A server that asks for a longer one is taken at its word: the file fails.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Allow plain http to other machines than this one.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>
    /// So many failures in a row that are no matter of the single file (a refusal, a web page, no connection) end the run: a
    /// server that refuses ten pictures should not be asked for fifty thousand.
    /// </summary>
    public int MaxFailuresInRow { get; init; } = 10;
}
