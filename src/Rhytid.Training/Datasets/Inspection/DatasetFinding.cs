namespace Rhytid.Training.Datasets.Inspection;

/// <summary>What can be wrong with a file of a data set.</summary>
public enum FindingKind
{
    /// <summary>A file that belongs to an id is not there.</summary>
    Missing,

    /// <summary>A file without bytes.</summary>
    Empty,

    /// <summary>A mask in which nothing is drawn: smooth skin, or a photo that nobody labelled.</summary>
    EmptyMask,

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
public sealed record DatasetFinding(FindingKind Kind, string Id, string Message)
{
    /// <summary>Whether the sample cannot be used: a file of it is there and is not what it should be.</summary>
    public bool IsDamage => Kind is FindingKind.Empty or FindingKind.WrongSize or FindingKind.Unreadable;
}
