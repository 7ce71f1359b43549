namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Class imbalance over one part of the pictures.</summary>
/// <param name="Name">What the part is called.</param>
/// <param name="Images">How many pictures have it.</param>
/// <param name="Pooled">The pixels of all of them together.</param>
/// <param name="Shares">The share of wrinkle pixels of each of them, 0 to 1, in the order of ids.</param>
public sealed record RegionImbalance(string Name, int Images, ClassCounts Pooled, IReadOnlyList<double> Shares)
{
    /// <summary>How the shares spread over the pictures.</summary>
    public Distribution PerImage => Distribution.Compute([.. Shares]);

    /// <summary>The imbalance of some pictures; null where none has the part.</summary>
    /// <param name="name">What the part is called.</param>
    /// <param name="images">All pictures.</param>
    /// <param name="part">The counts of a picture in the part; null where it has none.</param>
    public static RegionImbalance? Compute(
        string name, IEnumerable<ImageClassCounts> images, Func<ImageClassCounts, ClassCounts?> part)
    {
        var counts = images.Select(part).OfType<ClassCounts>().Where(counts => counts.Total > 0).ToList();
        return counts.Count == 0
            ? null
            : new RegionImbalance(
                name, counts.Count, counts.Aggregate(ClassCounts.Add),
                [.. counts.Select(counts => counts.WrinkleShare)]);
    }
}
