namespace Rhytid.Training.Evaluation.Published;

/// <summary>A publication on wrinkle segmentation and its results.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Title">Authors, year and what it is about.</param>
/// <param name="Results">All rows of its tables, in their order.</param>
/// <param name="Notes">What a reader of the tables must know.</param>
public sealed record PublishedPaper(
    string Name, string Title, IReadOnlyList<PublishedResult> Results, IReadOnlyList<string> Notes)
{
    /// <summary>How many photos the paper tests on; null where it does not publish which.</summary>
    public int? TestPhotos { get; init; }

    /// <summary>The average that the paper's numbers are to be compared with.</summary>
    public bool IsPooled => Results.Count(result => result.Average == "pooled") > Results.Count / 2;

    /// <summary>
    /// The scores that any of its tables has, in the order of <see cref="PublishedResults.ScoreKeys"/>.
    /// </summary>
    public IReadOnlyList<string> ScoreKeys =>
        [.. PublishedResults.ScoreKeys.Where(key => Results.Any(result => result.Scores.ContainsKey(key)))];
}
