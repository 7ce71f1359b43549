using System.Security.Cryptography;
using System.Text;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// Several labelled sets as one, without double ids: the set named first keeps an id, so FFHQ-Wrinkle is named first.
/// FFHQ's numbers are one id with and without leading zeros wherever the layout says that they are FFHQ's.
/// </summary>
public sealed class DatasetMerge
{
    private readonly bool _dropsEmpty;

    private DatasetMerge(
        IReadOnlyList<WrinkleDataset> sets, IReadOnlyList<MergedSample> samples,
        IReadOnlyList<DuplicateSample> duplicates, IReadOnlyList<MergedSample> empty, bool dropsEmpty) =>
        (Sets, Samples, Duplicates, Empty, _dropsEmpty) = (sets, samples, duplicates, empty, dropsEmpty);

    /// <summary>The sets, in the order of precedence.</summary>
    public IReadOnlyList<WrinkleDataset> Sets { get; }

    /// <summary>What is taken, ordered by id.</summary>
    public IReadOnlyList<MergedSample> Samples { get; }

    /// <summary>What is left out because its id is taken, in the order of sets and ids.</summary>
    public IReadOnlyList<DuplicateSample> Duplicates { get; }

    /// <summary>What is left out because nobody drew a wrinkle on it; empty unless that was asked for.</summary>
    public IReadOnlyList<MergedSample> Empty { get; }

    /// <summary>Chooses the samples; nothing is written.</summary>
    /// <param name="sets">The sets; their samples without a manual mask are not merged.</param>
    /// <param name="dropEmpty">Leave out masks without a wrinkle.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetException">A set has no manual mask.</exception>
    public static DatasetMerge Plan(
        IReadOnlyList<WrinkleDataset> sets, bool dropEmpty = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var taken = new SortedDictionary<string, MergedSample>(StringComparer.Ordinal);
        var (twice, empty) = (new List<(MergedSample Dropped, MergedSample Kept)>(), new List<MergedSample>());
        foreach (var set in sets)
        {
            if (!set.Labelled.Any())
                throw new DatasetException(
                    $"{set.Folder}: no manual masks in it (layout {set.Layout.Name}); merge joins labelled sets");
            var withoutWrinkle = dropEmpty ? EmptyOf(set, cancellationToken) : [];
            foreach (var sample in set.Labelled.Select(sample => new MergedSample(sample.Id, set, sample)))
            {
                if (withoutWrinkle.Contains(sample.Id))
                    empty.Add(sample);
                else if (!taken.TryAdd(sample.Id, sample))
                    twice.Add((sample, taken[sample.Id]));
            }
        }
        var duplicates = twice.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(
                pair => new DuplicateSample(
                    pair.Dropped, pair.Kept, AreSamePhoto(pair.Dropped.Sample, pair.Kept.Sample)));
        return new DatasetMerge(sets, [.. taken.Values], [.. duplicates], empty, dropEmpty);
    }

    /// <summary>
    /// What a set is called in <see cref="Provenance"/>: its folder's name, with those above it where two are called
    /// the same.
    /// </summary>
    public string NameOf(WrinkleDataset set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var parts = PartsOf(set);
        for (var count = 1; count < parts.Length; count++)
            if (Sets.Count(other => PartsOf(other).TakeLast(count).SequenceEqual(parts.TakeLast(count))) == 1)
                return string.Join('/', parts.TakeLast(count));
        return string.Join('/', parts);
    }

    /// <summary>The files of the merged set.</summary>
    /// <param name="target">Makes them.</param>
    public IReadOnlyList<FileJob> Jobs(PlainSet target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var regions = Samples.Any(sample => sample.Sample[Channel.ScoredRegion] is not null);
        var jobs = new List<FileJob>();
        foreach (var (id, set, sample) in Samples)
        {
            if (target.Photo(id, sample) is { } photo)
                jobs.Add(photo);
            jobs.Add(target.WrinkleMask(id, () => set.LoadMask(sample)));
            // A set in which some samples are scored in part says of the others that all of them counts.
            if (regions)
                jobs.Add(
                    target.ScoredRegion(id, () => SampleFiles.LoadScoredRegion(sample) ?? FullMaskFor(set, sample)));
            if (sample[Channel.Skin] is { } skin)
                jobs.Add(target.SkinMask(id, () => SampleFiles.LoadMask(skin)));
        }
        return jobs;
    }

    /// <summary>
    /// A table of where each sample comes from: <c>id,set,layout,photo,mask</c>, names of files without folders.
    /// </summary>
    public string Provenance() => CsvTable.Write(["id", "set", "layout", "photo", "mask"],
        Samples.Select(
            sample =>
                (IReadOnlyList<string>)[
                    sample.Id, NameOf(sample.Set), sample.Set.Layout.Name,
                    Path.GetFileName(sample.Sample[Channel.Photo]) ?? "",
                        Path.GetFileName(sample.Sample[Channel.Wrinkles])!
                ]));

    /// <summary>A table of what was left out: <c>id,set,reason,kept_from,same_photo</c>.</summary>
    /// <param name="checks">Of each set, what of it could not be read; null where nobody looked.</param>
    public string LeftOut(IReadOnlyList<DatasetCheck>? checks = null)
    {
        var damaged = (checks ?? []).Zip(Sets).SelectMany(
            pair => pair.First.Damage.Select(finding => (finding.Id, Set: NameOf(pair.Second))));
        return CsvTable.Write(["id", "set", "reason", "kept_from", "same_photo"],
        [
            .. Duplicates.Select(
                pair => (IReadOnlyList<string>)[
                    pair.Dropped.Id, NameOf(pair.Dropped.Set), "double id", NameOf(pair.Kept.Set),
                    pair.IsSamePhoto switch { true => "yes", false => "no", null => "" }
                ]),
            .. Empty.Select(sample => (IReadOnlyList<string>)[sample.Id, NameOf(sample.Set), "no wrinkle", "", ""]),
            .. damaged.Select(one => (IReadOnlyList<string>)[one.Id, one.Set, "damaged", "", ""]),
        ]);
    }

    /// <summary>
    /// What the merged set depends on, by name. Every sample is in it, so that a folder never holds a mixture of two
    /// merges, even where a set has grown in between.
    /// </summary>
    public IReadOnlyDictionary<string, string> ToSettings()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Provenance())));
        return new Dictionary<string, string>
        {
            ["sets"] = string.Join(", ", Sets.Select(Describe)),
            ["drop-empty"] = _dropsEmpty.ToString(),
            ["ids"] = $"{Samples.Count}, {hash[..12]}",
        };
    }

    private string Describe(WrinkleDataset set)
    {
        var value = set.WrinkleValue is { } coded ? $", value {coded}" : "";
        return $"{NameOf(set)} ({set.Layout.Name}{value})";
    }

    private static string[] PartsOf(WrinkleDataset set) =>
        Path.GetFullPath(set.Folder).Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

    private static Mask FullMaskFor(WrinkleDataset set, WrinkleSample sample)
    {
        var mask = set.LoadMask(sample);
        return Mask.Full(mask.Width, mask.Height);
    }

    private static HashSet<string> EmptyOf(WrinkleDataset set, CancellationToken cancellationToken) =>
        set.Labelled.AsParallel()
            .WithCancellation(cancellationToken)
            .Where(sample => TryRead(() => set.LoadMask(sample)) is { } mask && mask.Count() == 0)
            .Select(sample => sample.Id)
            .ToHashSet(StringComparer.Ordinal);

    // Two sets may number different photos alike: then dropping one of them loses data, which has to be said.
    private static bool? AreSamePhoto(WrinkleSample a, WrinkleSample b)
    {
        if (a[Channel.Photo] is null || b[Channel.Photo] is null)
            return null;
        if (a[Channel.Photo] == b[Channel.Photo])
            return true;
        return TryRead(() => SampleFiles.LoadGrayPhoto(a)) is { } first
            && TryRead(() => SampleFiles.LoadGrayPhoto(b)) is { } second
            ? PhotoFingerprint.Compute(first).IsSamePhotoAs(PhotoFingerprint.Compute(second))
            : null;
    }

    // A damaged file that is needed is named when the sets are written; one that is not needed must not stop them.
    private static T? TryRead<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ImageException)
        {
            return null;
        }
    }
}

/// <summary>A sample of a merged set.</summary>
/// <param name="Id">What it is called there.</param>
/// <param name="Set">The set that it comes from.</param>
/// <param name="Sample">What it is there.</param>
public sealed record MergedSample(string Id, WrinkleDataset Set, WrinkleSample Sample);

/// <summary>A sample that was left out because an earlier set has its id.</summary>
/// <param name="Dropped">The sample that was left out.</param>
/// <param name="Kept">The one that was taken.</param>
/// <param name="IsSamePhoto">Whether both show the same photo; null where one of them has none that can be
/// read.</param>
public sealed record DuplicateSample(MergedSample Dropped, MergedSample Kept, bool? IsSamePhoto);
