using System.Globalization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Splits;

/// <summary>Cuts sets of ids into parts. The same ids and the same seed give the same parts on any machine.</summary>
public static class Splitter
{
    /// <summary>Splits ids; ids of the same photo stay together.</summary>
    /// <param name="ids">The set; an id that comes twice (from two data sets) is one.</param>
    /// <param name="options">Seed and proportions.</param>
    /// <param name="samePhoto">Ids that are known to be the same photo, beyond what <see cref="PhotoGroups"/> sees in
    /// their names.</param>
    /// <exception cref="DatasetException">A part, fold or fraction would be empty, or no test id is in the
    /// set.</exception>
    public static Split Split(
        IEnumerable<string> ids, SplitOptions options, IEnumerable<IReadOnlyCollection<string>>? samePhoto = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(options);
        var groups = new PhotoGroups(samePhoto);
        HashSet<string> banned = [.. options.Exclude.Select(groups.GroupOf)];
        var all = ids.Distinct(StringComparer.Ordinal).ToList();
        List<string> usable = [.. all.Where(id => !banned.Contains(groups.GroupOf(id)))];

        var testList = TestList(options, usable);
        // Also of listed ids that the set lacks: their photo may be in it under another name.
        HashSet<string> testPhotos = [.. (options.TestIds ?? []).Select(groups.GroupOf)];
        var shuffled =
            SeededOrder.Shuffle(
                groups.Group(usable.Where(id => !testPhotos.Contains(groups.GroupOf(id)))), options.Seed,
                group => group.Group)
                .Select(group => group.Ids).ToList();

        // Test first: then it stays as it is when only the proportions of the others change.
        var shares = options.Shares;
        var parts = Cut(shuffled, [options.TestIds is null ? shares.Test : 0, shares.Val, shares.Train]);
        var (test, val, train) = (parts[0], parts[1], parts[2]);
        RequireFilled(options, parts, usable.Count);
        List<IReadOnlyList<string>> rest = [.. val, .. train];
        return new Split
        {
            Train = Ordered(train),
            Val = Ordered(val),
            Test = options.TestIds is null ? Ordered(test) : [.. testList.Order(StringComparer.Ordinal)],
            SamePhotoAsTest =
            [
                .. usable.Where(id => testPhotos.Contains(groups.GroupOf(id)))
                    .Except(testList)
                    .Order(StringComparer.Ordinal)
            ],
            Excluded = [.. all.Except(usable).Order(StringComparer.Ordinal)],
            Fractions = [.. options.Fractions.Select(percent => (percent, FractionOf(train, percent)))],
            Folds = FoldsOf(rest, options),
            Photos = groups.Group(usable).Count,
        };
    }

    private static List<string> TestList(SplitOptions options, List<string> usable)
    {
        if (options.TestIds is null)
            return [];
        List<string> present = [.. usable.Intersect(options.TestIds)];
        return present.Count > 0 ? present
            : throw new DatasetException(
                $"none of the {options.TestIds.Count} ids of the test list is in the set; to keep listed ids out without testing on them, exclude them");
    }

    private static void RequireFilled(SplitOptions options, List<List<IReadOnlyList<string>>> parts, int ids)
    {
        var wanted =
            new[] { ("test",
                options.TestIds is null ? options.Shares.Test : 0),
                    ("val", options.Shares.Val), ("train", options.Shares.Train)
                };
        for (var i = 0; i < wanted.Length; i++)
            if (wanted[i].Item2 > 0 && parts[i].Count == 0)
                throw new DatasetException(
                    $"{wanted[i].Item1} would be empty: {ids} ids of {parts.Sum(part => part.Count)} photos are too few for {options.Shares}");
    }

    private static IReadOnlyList<string> FractionOf(List<IReadOnlyList<string>> train, int percent)
    {
        const int All = 100;
        var part = Cut(train, [percent, All - percent])[0];
        return part.Count > 0
            ? Ordered(part)
            : throw new DatasetException(
                $"{percent} % of {train.Sum(group => group.Count)} training ids is not even one");
    }

    private static List<Fold> FoldsOf(List<IReadOnlyList<string>> groups, SplitOptions options)
    {
        var folds = options.Folds;
        if (folds == 0)
            return [];
        // Each set is cut by itself; a group of ids from several sets belongs to its first.
        var parts = Enumerable.Range(0, folds).Select(_ => new List<IReadOnlyList<string>>()).ToList();
        foreach (var set in
            groups.GroupBy(group => options.StratifyFolds ? PhotoGroups.SetOf(group[0]) : "", StringComparer.Ordinal)
                .OrderBy(set => set.Key, StringComparer.Ordinal))
            foreach (var (part, more) in parts.Zip(Cut([.. set], [.. Enumerable.Repeat(1, folds)])))
                part.AddRange(more);
        return parts.All(part => part.Count > 0)
            ? [.. parts.Select(
                part => new Fold(
                    Ordered(parts.Where(other => other != part).SelectMany(other => other)), Ordered(part)))]
            : throw new DatasetException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{groups.Sum(group => group.Count)} ids of {groups.Count} photos are too few for {folds} folds"));
    }

    // Cuts a row of groups at the shares' bounds. A group on a bound goes where its middle is, so each part is within
    // one group of its share, and a smaller first share is always the beginning of a larger one: that is what nests
    // fractions.
    private static List<List<IReadOnlyList<string>>> Cut(
        IReadOnlyList<IReadOnlyList<string>> groups, IReadOnlyList<int> shares)
    {
        var parts = shares.Select(_ => new List<IReadOnlyList<string>>()).ToList();
        long total = groups.Sum(group => (long)group.Count);
        long whole = shares.Sum(share => (long)share);
        long before = 0;
        var (part, reached) = (0, (long)shares[0]);
        foreach (var group in groups)
        {
            // (before + count / 2) / total >= reached / whole, in whole numbers.
            while (part < shares.Count - 1 && ((2 * before) + group.Count) * whole >= 2 * reached * total)
                reached += shares[++part];
            parts[part].Add(group);
            before += group.Count;
        }
        return parts;
    }

    private static IReadOnlyList<string> Ordered(IEnumerable<IReadOnlyList<string>> groups) =>
        [.. groups.SelectMany(group => group).Order(StringComparer.Ordinal)];
}

/// <summary>A fold of cross-validation.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Val">To score.</param>
public sealed record Fold(IReadOnlyList<string> Train, IReadOnlyList<string> Val);

/// <summary>A set cut into parts. All lists are in the order of ids, and no photo is in two parts.</summary>
public sealed record Split
{
    /// <summary>To learn from.</summary>
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>To choose a model by.</summary>
    public required IReadOnlyList<string> Val { get; init; }

    /// <summary>To score once, at the end.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    /// <summary>In no part: not on the given test list, but the same photo as one that is.</summary>
    public required IReadOnlyList<string> SamePhotoAsTest { get; init; }

    /// <summary>In no part because they, or the same photo, were to be excluded.</summary>
    public required IReadOnlyList<string> Excluded { get; init; }

    /// <summary>Percentage and ids of fractions of the training part.</summary>
    public required IReadOnlyList<(int Percent, IReadOnlyList<string> Ids)> Fractions { get; init; }

    /// <summary>Folds of everything that is not test.</summary>
    public required IReadOnlyList<Fold> Folds { get; init; }

    /// <summary>How many photos there are when ids of the same photo count once.</summary>
    public required int Photos { get; init; }
}

/// <summary>How a set is split.</summary>
public sealed record SplitOptions
{
    /// <summary>Another seed, another split.</summary>
    public int Seed { get; init; }

    /// <summary>The proportions of the parts.</summary>
    public SplitShares Shares { get; init; } = SplitShares.Default;

    /// <summary>
    /// The test part, where it is given; the rest is then split by the proportions of training and validation.
    /// </summary>
    public IReadOnlyCollection<string>? TestIds { get; init; }

    /// <summary>Ids that may be in no part, nor any other id of the same photo.</summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    /// <summary>Folds of everything that is not test; 0 for none.</summary>
    public int Folds { get; init; }

    /// <summary>
    /// Whether every fold has its share of each set, told by the letters that ids begin with
    /// (<see cref="PhotoGroups.SetOf"/>).
    /// </summary>
    public bool StratifyFolds { get; init; }

    /// <summary>Percentages of the training part; each smaller one is inside the larger.</summary>
    public IReadOnlyList<int> Fractions { get; init; } = [];
}
