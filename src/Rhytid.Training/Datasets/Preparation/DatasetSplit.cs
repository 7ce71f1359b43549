using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>How data sets are split.</summary>
public sealed record DatasetSplitOptions
{
    /// <summary>
    /// Seed, proportions, folds and fractions; its test ids and excluded ids come from the files named here.
    /// </summary>
    public SplitOptions Split { get; init; } = new();

    /// <summary>A file of ids that are the test part; null to draw one.</summary>
    public string? TestList { get; init; }

    /// <summary>A file of ids that may be in no part.</summary>
    public string? Exclude { get; init; }

    /// <summary>Also photos without a manual mask.</summary>
    public bool All { get; init; }

    /// <summary>Leave out photos on whose mask no wrinkle is drawn.</summary>
    public bool DropEmpty { get; init; }

    /// <summary>
    /// Read every photo, to keep those that are the same under different names together and to leave damaged ones out.
    /// </summary>
    public bool FindDuplicates { get; init; } = true;

    /// <summary>How many photos are read at a time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>What a data set gave to a split.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Ids">What is split.</param>
/// <param name="WithoutMask">How many photos were left out because they have no manual mask.</param>
/// <param name="WithoutPhoto">Ids that were left out because there is no photo, though others have one.</param>
/// <param name="Empty">How many were left out because no wrinkle is drawn.</param>
public sealed record SplitSource(
    string Name, IReadOnlyList<string> Ids, int WithoutMask, IReadOnlyList<string> WithoutPhoto, int Empty);

/// <summary>Ids of a list that are not among the photos that are split: misspelt, or of another set.</summary>
/// <param name="List">The file.</param>
/// <param name="Listed">How many ids it has.</param>
/// <param name="Unknown">Those that are not there.</param>
public sealed record UnknownIds(string List, int Listed, IReadOnlyList<string> Unknown);

/// <summary>Data sets split into training, validation and test; the same photo is never in two parts.</summary>
public sealed class DatasetSplit
{
    private readonly DatasetSplitOptions _options;

    private DatasetSplit(
        DatasetSplitOptions options, IReadOnlyList<SplitSource> sources, Split split,
        IReadOnlyList<IReadOnlyList<string>> samePhotos, IReadOnlyList<DatasetFinding> damage)
    {
        _options = options;
        (Sources, Split, SamePhotos, Damage) = (sources, split, samePhotos, damage);
        var ids = sources.SelectMany(source => source.Ids).ToHashSet(StringComparer.Ordinal);
        Unknown =
        [
            .. new[] { (options.TestList, options.Split.TestIds), (options.Exclude, options.Split.Exclude) }
                .Where(list => list.Item1 is not null)
                .Select(list => new UnknownIds(
                    list.Item1!, list.Item2!.Count, [.. list.Item2.Where(id => !ids.Contains(id))]))
                .Where(list => list.Unknown.Count > 0)
        ];
    }

    /// <summary>What each data set gave.</summary>
    public IReadOnlyList<SplitSource> Sources { get; }

    /// <summary>The parts.</summary>
    public Split Split { get; }

    /// <summary>Photos that are the same under different names.</summary>
    public IReadOnlyList<IReadOnlyList<string>> SamePhotos { get; }

    /// <summary>Samples that were left out because a file of theirs is damaged.</summary>
    public IReadOnlyList<DatasetFinding> Damage { get; }

    /// <summary>Ids of the test list and the excluded ids that are in no set.</summary>
    public IReadOnlyList<UnknownIds> Unknown { get; }

    /// <summary>How many ids the test list has; null where there is none.</summary>
    public int? TestListCount => _options.Split.TestIds?.Count;

    /// <summary>Splits data sets.</summary>
    /// <param name="datasets">The sets; an id that comes twice is one.</param>
    /// <param name="options">Seed, proportions, and what is left out.</param>
    /// <param name="progress">Told each photo that has been read, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetException">A set or a list cannot be used, or a part would be empty.</exception>
    public static DatasetSplit Create(
        IReadOnlyList<WrinkleDataset> datasets, DatasetSplitOptions options, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        ArgumentNullException.ThrowIfNull(options);
        options = options with
        {
            Split = options.Split with
            {
                TestIds = options.TestList is { } test ? IdList.Load(test) : options.Split.TestIds,
                Exclude = options.Exclude is { } excluded ? IdList.Load(excluded) : options.Split.Exclude,
            }
        };
        // What the parts are made of; photos that are not meant need not be read.
        var candidates = datasets
            .Select(set => options.All ? set : set.Where(sample => sample[Channel.Wrinkles] is not null))
            .ToList();
        IReadOnlyList<DatasetCheck> checks = options.FindDuplicates
            ? DatasetCheck.Run(candidates, options.Threads, progress, cancellationToken)
            : [];
        var usable = options.FindDuplicates ? checks.Select(check => check.Sound()) : candidates;
        List<SplitSource> sources =
        [
            .. usable.Zip(datasets, (set, all) => SourceOf(
                set, options.All ? 0 : all.Samples.Count(sample => sample[Channel.Wrinkles] is null), options.DropEmpty,
                cancellationToken))
        ];
        var ids = sources.SelectMany(source => source.Ids).ToList();
        var samePhotos = FindSame(checks, ids, options.Threads, cancellationToken);
        return new DatasetSplit(
            options, sources, Splitter.Split(ids, options.Split, samePhotos), samePhotos,
            [.. checks.SelectMany(check => check.Damage)]);
    }

    /// <summary>Writes the lists of ids.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="overwrite">Replace an earlier split.</param>
    /// <exception cref="DatasetException">Another split is there.</exception>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public void Write(string folder, bool overwrite = false) => SplitFiles.Write(folder, Split, Header(), overwrite);

    // No date and no path: the same split is the same file.
    private List<string> Header()
    {
        var (options, test) = (_options.Split, _options.TestList);
        string Text(FormattableString text) => FormattableString.Invariant(text);
        return
        [
            Text($"seed: {options.Seed}"),
            $"parts: {options.Shares}{(test is null ? "" : $", test ids from {Path.GetFileName(test)}")}",
            Text($"counts: train {Split.Train.Count}, val {Split.Val.Count}, test {Split.Test.Count}, ")
                + Text($"of {Split.Photos} different photos"),
            $"sets: {string.Join(", ", Sources.Select(set => Text($"{set.Name} ({set.Ids.Count} ids)")))}",
            .. _options.Exclude is { } file
                ? [Text($"excluded: {Split.Excluded.Count} ids, from {Path.GetFileName(file)}")]
                : Array.Empty<string>(),
            .. SamePhotos.Select(group => $"same photo: {string.Join(" = ", group)}"),
        ];
    }

    private static SplitSource SourceOf(
        WrinkleDataset dataset, int withoutMask, bool dropEmpty, CancellationToken cancellationToken)
    {
        if (dataset.Samples.Count == 0)
            throw new DatasetException(
                $"{dataset.Folder}: no photo has a manual mask that can be read; --all takes photos without one");
        // Masks may have been published without their photos; but where others have one, a missing photo is a hole.
        var hasPhotos = dataset.Samples.Any(sample => sample[Channel.Photo] is not null);
        var whole = dataset.Samples.Where(sample => !hasPhotos || sample[Channel.Photo] is not null).ToList();
        var kept = whole.Where(sample => !dropEmpty || sample[Channel.Wrinkles] is null || HasWrinkle(sample))
            .Select(sample => sample.Id)
            .ToList();
        return new SplitSource(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataset.Folder))), kept, withoutMask,
            [.. dataset.Samples.Except(whole).Select(sample => sample.Id)], whole.Count - kept.Count);

        bool HasWrinkle(WrinkleSample sample)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return dataset.LoadMask(sample).Samples.ContainsAnyExcept((byte)0);
        }
    }

    // Beyond what PhotoGroups sees in the names.
    private static IReadOnlyList<IReadOnlyList<string>> FindSame(
        IEnumerable<DatasetCheck> checks, IEnumerable<string> ids, int threads, CancellationToken cancellationToken)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var photos = checks.SelectMany(check => check.Photos)
            .Where(photo => wanted.Contains(photo.Sample.Id))
            .Select(photo => (photo.Sample.Id, photo.Fingerprint));
        return
        [
            .. NearDuplicates.Find([.. photos], threads, cancellationToken)
                .Select(group => group.Distinct().Order(StringComparer.Ordinal).ToList())
                .Where(group => group.DistinctBy(PhotoGroups.PhotoOf).Skip(1).Any())
        ];
    }
}
