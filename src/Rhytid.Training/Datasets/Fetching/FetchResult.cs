namespace Rhytid.Training.Datasets.Fetching;

/// <summary>What became of one file.</summary>
public enum FetchOutcome
{
    /// <summary>It was fetched, or taken out of an archive.</summary>
    Fetched,

    /// <summary>It was there, and right where a hash is known.</summary>
    AlreadyThere,

    /// <summary>It could not be had.</summary>
    Failed,

    /// <summary>The run ended before its turn.</summary>
    NotTried,
}

/// <summary>What became of one file.</summary>
/// <param name="Part">The part of the set.</param>
/// <param name="Id">The id, or the file's name where the part is a single file.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Bytes">Bytes that came over the network.</param>
/// <param name="Problem">One line, where it failed.</param>
public sealed record FetchResult(string Part, string Id, FetchOutcome Outcome, long Bytes = 0, string? Problem = null);

/// <summary>A part that this program cannot fetch.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Missing">How many of its files are missing.</param>
/// <param name="Note">What to do by hand.</param>
public sealed record PartByHand(string Part, int Missing, string Note);

/// <summary>What became of a whole run.</summary>
/// <param name="Results">All files, in the order of parts and ids.</param>
/// <param name="ByHand">Parts to fetch by hand.</param>
public sealed record FetchSummary(IReadOnlyList<FetchResult> Results, IReadOnlyList<PartByHand> ByHand)
{
    /// <summary>How many files ended in a way.</summary>
    public int Count(FetchOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    /// <summary>Bytes that came over the network.</summary>
    public long Bytes => Results.Sum(result => result.Bytes);

    /// <summary>Whether everything that was asked for is there now.</summary>
    public bool IsComplete => ByHand.Count == 0 && Results.All(result => result.Outcome is FetchOutcome.Fetched or FetchOutcome.AlreadyThere);
}

/// <summary>Hears how a run goes, from several threads.</summary>
public interface IFetchProgress
{
    /// <summary>More files will be looked at.</summary>
    void Expect(int files);

    /// <summary>Bytes of a file came in.</summary>
    /// <param name="name">The file.</param>
    /// <param name="received">This many since the last call.</param>
    /// <param name="present">Bytes on disk, those of an earlier run included.</param>
    /// <param name="total">Bytes of the whole file, or null where the server does not say.</param>
    void Received(string name, int received, long present, long? total);

    /// <summary>A file is done with, one way or the other.</summary>
    void Done(FetchResult result);
}
