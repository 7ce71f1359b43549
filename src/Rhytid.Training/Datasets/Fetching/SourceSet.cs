namespace Rhytid.Training.Datasets.Fetching;

/// <summary>A published data set: what it is, under which terms, and the parts it is fetched in.</summary>
/// <param name="Name">What the user types: <c>ffhq-wrinkle</c>.</param>
/// <param name="Title">One line about it.</param>
/// <param name="Licence">The terms, printed before anything is fetched.</param>
/// <param name="Homepage">Where people read about it, or null.</param>
/// <param name="Parts">In the file's order.</param>
public sealed record SourceSet(string Name, string Title, string Licence, string? Homepage, IReadOnlyList<SourcePart> Parts);

/// <summary>
/// Files of one kind: each at an address of its own (<see cref="Url"/>), all in one archive, or at addresses that an index lists.
/// With none of the three they are fetched by hand, as <see cref="Note"/> says.
/// </summary>
public sealed record SourcePart
{
    /// <summary>What the user types after <c>--part</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where a file goes below the output folder.</summary>
    public required IdTemplate Path { get; init; }

    /// <summary>The address of each file, or null.</summary>
    public IdTemplate? Url { get; init; }

    /// <summary>The zip archive that holds the files, or null.</summary>
    public SourceArchive? Archive { get; init; }

    /// <summary>The index that lists addresses, or null.</summary>
    public SourceIndex? Index { get; init; }

    /// <summary>What to do where a plain download does not work, or null.</summary>
    public string? Note { get; init; }

    /// <summary>The most bytes one file may have.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>SHA-256 of files by their path below the output folder.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; init; } = new Dictionary<string, string>();

    /// <summary>What each file has to be.</summary>
    public FileContent Content => FileContents.OfPath(Path.Text);
}

/// <summary>A file that stands between the user and the pictures: an archive or an index.</summary>
/// <param name="File">Its name below the output folder; used as it is when it is already there.</param>
/// <param name="Url">Its address, or null where it has to be fetched by hand.</param>
/// <param name="Checksum">What is published of it.</param>
/// <param name="MaxBytes">The most bytes it may have.</param>
/// <param name="Note">What to do where a plain download does not work, or null.</param>
public record SourceContainer(string File, Uri? Url, Checksum Checksum, long MaxBytes, string? Note);

/// <summary>A zip archive.</summary>
/// <param name="Container">The archive's file.</param>
/// <param name="Member">The name of a file inside; members under a folder more are found too.</param>
public sealed record SourceArchive(SourceContainer Container, IdTemplate Member);

/// <summary>A JSON file in the layout of <c>ffhq-dataset-v2.json</c>: by number of a picture its addresses, sizes and MD5.</summary>
/// <param name="Container">The index's file.</param>
/// <param name="Entry">Which picture of a number: <c>image</c>, <c>thumbnail</c>, <c>in_the_wild</c>.</param>
public sealed record SourceIndex(SourceContainer Container, string Entry);
