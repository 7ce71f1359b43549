namespace Rhytid.Training.Datasets.Checking;

/// <summary>What can be wrong with a file of a data set.</summary>
public enum FindingKind
{
    /// <summary>A file that belongs to an id is not there.</summary>
    Missing,

    /// <summary>A file without bytes, or a mask without a pixel.</summary>
    Empty,

    /// <summary>A file whose size does not fit its photo's.</summary>
    WrongSize,

    /// <summary>A file that cannot be read.</summary>
    Unreadable,

    /// <summary>A mask whose values are not those of a mask.</summary>
    WrongValues,

    /// <summary>Two files of one kind for one id.</summary>
    TwoFiles,
}

/// <summary>Something wrong with one file.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">The sample.</param>
/// <param name="Message">The file and what is wrong with it, in one line.</param>
public sealed record DatasetFinding(FindingKind Kind, string Id, string Message);
