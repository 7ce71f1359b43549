namespace Rhytid.Training.Datasets.Splits;

/// <summary>
/// Which ids are the same photo, or photos of the same face made from one: such ids may never be apart in a split, or a
/// network is tested on what it has seen.
/// </summary>
/// <remarks>
/// Two rules join ids. By name: five digits, an underscore and anything (<c>00002_cwm</c>, <c>00002_3</c>) is FFHQ's
/// photo <c>00002</c>. By knowledge: groups that a caller hands in, such as photos found to be near-duplicates. Joined
/// ids join further ones.
/// </remarks>
public sealed class PhotoGroups
{
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    /// <summary>Groups by name, and by what is known.</summary>
    /// <param name="samePhoto">Ids that are the same photo; a group may name ids that nobody asks for.</param>
    public PhotoGroups(IEnumerable<IReadOnlyCollection<string>>? samePhoto = null)
    {
        foreach (var group in samePhoto ?? [])
            foreach (var id in group)
                Join(PhotoOf(id), PhotoOf(group.First()));
    }

    /// <summary>
    /// The photo that an id's name speaks of: the FFHQ number before an underscore, or the id itself.
    /// </summary>
    public static string PhotoOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        const int FfhqDigits = 5;
        return id.Length > FfhqDigits + 1 && id[FfhqDigits] == '_' && id[..FfhqDigits].All(char.IsAsciiDigit)
            ? id[..FfhqDigits]
            : id;
    }

    /// <summary>
    /// The set that an id's name speaks of: what stands before its first digit, as in <c>f00002</c> and
    /// <c>r0000103</c>; may be empty.
    /// </summary>
    public static string SetOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id[..(id.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var digit ? digit : 0)];
    }

    /// <summary>
    /// The group of an id; ids of the same photo have the same. What it is called depends on nothing but the names in
    /// it.
    /// </summary>
    public string GroupOf(string id) => Root(PhotoOf(id));

    /// <summary>Puts ids into groups.</summary>
    /// <returns>Groups and the ids in each, in order.</returns>
    public IReadOnlyList<(string Group, IReadOnlyList<string> Ids)> Group(IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).GroupBy(GroupOf, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group]))];

    private void Join(string a, string b)
    {
        var (first, second) = (Root(a), Root(b));
        // The smaller name leads, so that the order of the groups given does not matter.
        if (string.CompareOrdinal(first, second) < 0)
            _parents[second] = first;
        else if (first != second)
            _parents[first] = second;
    }

    private string Root(string photo)
    {
        while (_parents.TryGetValue(photo, out var parent))
            photo = parent;
        return photo;
    }
}
