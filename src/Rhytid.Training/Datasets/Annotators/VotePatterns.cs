namespace Rhytid.Training.Datasets.Annotators;

/// <summary>
/// How many pixels have which pattern of votes. A picture has a million pixels but three annotators make eight
/// patterns, and fusing their masks needs nothing else.
/// </summary>
public sealed class VotePatterns
{
    private readonly Dictionary<VotePattern, long> _counts = [];

    /// <summary>Patterns and their pixels.</summary>
    public IReadOnlyDictionary<VotePattern, long> Counts => _counts;

    /// <summary>Adds pixels of one pattern.</summary>
    public void Add(VotePattern pattern, long pixels) => _counts[pattern] = _counts.GetValueOrDefault(pattern) + pixels;

    /// <summary>Adds the pixels of another count.</summary>
    public void Add(VotePatterns other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (pattern, pixels) in other._counts)
            Add(pattern, pixels);
    }
}
