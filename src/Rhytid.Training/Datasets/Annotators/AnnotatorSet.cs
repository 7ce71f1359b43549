using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Several annotators over one set of ids.</summary>
public sealed class AnnotatorSet
{
    /// <summary>The most annotators there can be: each is a bit of a number.</summary>
    public const int Most = 32;

    private const string SubfolderOfAll = "annotators";

    private AnnotatorSet(IReadOnlyList<Annotator> annotators, IReadOnlyList<string> readFolders)
    {
        ReadFolders = readFolders;
        Annotators = annotators;
        Ids = [.. annotators.SelectMany(annotator => annotator.Ids).Distinct().Order(StringComparer.Ordinal)];
        CompleteIds = [.. Ids.Where(id => annotators.All(annotator => annotator.Has(id)))];
    }

    /// <summary>In the order given; in the order of names where they come from one folder.</summary>
    public IReadOnlyList<Annotator> Annotators { get; }

    /// <summary>
    /// The folders that are searched for annotators and their masks: what is put there is taken for one of them.
    /// </summary>
    public IReadOnlyList<string> ReadFolders { get; }

    /// <summary>What any of them drew, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>What all of them drew, in order.</summary>
    public IReadOnlyList<string> CompleteIds { get; }

    /// <summary>
    /// Opens one folder for each annotator, or one folder with <c>annotators/A/</c>, <c>annotators/B/</c> ... inside.
    /// </summary>
    /// <param name="folders">Data sets, or folders of masks.</param>
    /// <param name="wrinkleValue">The value that means wrinkle, for masks of class values only.</param>
    /// <exception cref="DatasetException">There are fewer than two annotators, or a folder has no masks.</exception>
    public static AnnotatorSet Open(IReadOnlyList<string> folders, int? wrinkleValue = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var each = folders is [var only] ? InOne(only) : folders;
        if (each.GroupBy(FullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new DatasetException($"{twice.First()} is given twice; an annotator agrees with himself");
        if (each.Count > Most)
            throw new DatasetException($"there are {each.Count} annotators; at most {Most} work");
        var names = NamesOf(each);
        return new AnnotatorSet(
            [.. each.Select((folder, i) => Annotator.Open(folder, names[i], wrinkleValue))],
            folders is [var all] ? [Path.Combine(all, SubfolderOfAll)] : folders);
    }

    /// <summary>
    /// The same annotators without the masks on which nothing is drawn; an empty mask may mean that nobody looked.
    /// </summary>
    /// <exception cref="ImageException">A mask cannot be read.</exception>
    public AnnotatorSet WithoutEmpty() =>
        new([.. Annotators.Select(annotator => annotator.WithoutEmpty())], ReadFolders);

    /// <summary>The ids that an annotator lacks, in order.</summary>
    public IReadOnlyList<string> MissingOf(Annotator annotator)
    {
        ArgumentNullException.ThrowIfNull(annotator);
        return [.. Ids.Where(id => !annotator.Has(id))];
    }

    /// <summary>Reads all masks of an id.</summary>
    /// <returns>In the annotators' order; null for those who did not draw it.</returns>
    /// <exception cref="DatasetException">The masks differ in size.</exception>
    /// <exception cref="ImageException">A mask cannot be read.</exception>
    public IReadOnlyList<Mask?> Load(string id)
    {
        List<Mask?> masks = [.. Annotators.Select(annotator => annotator.Has(id) ? annotator.Load(id) : null)];
        var first = masks.FindIndex(mask => mask is not null);
        if (first < 0)
            throw new DatasetException($"{id}: nobody drew it");
        var size = masks[first]!;
        var offenders =
            masks
                .Select((mask, i) => (Mask: mask, Annotators[i].Name))
                .Where(one => one.Mask is { } mask && (mask.Width != size.Width || mask.Height != size.Height))
                    .Select(one => $"{one.Name} has {one.Mask!.Width} x {one.Mask.Height} pixels").ToList();
        return offenders.Count == 0
            ? masks
            : throw new DatasetException(
                $"{id}: {string.Join(", ", offenders)}, {Annotators[first].Name} {size.Width} x {size.Height}");
    }

    /// <summary>
    /// Where pixels of an id count: inside the scored regions of all annotators that have one; null for everywhere.
    /// </summary>
    /// <exception cref="ImageException">A region cannot be read.</exception>
    public Mask? LoadScoredRegion(string id)
    {
        var regions =
            Annotators
                .Select(annotator => annotator.RegionPath(id))
                .OfType<string>()
                .Select(path => SampleFiles.LoadMask(path))
                .ToList();
        return regions.Count == 0 ? null : regions.Aggregate((all, next) => all.And(next));
    }

    /// <summary>Where pixels count, as a folder of masks says: <c>{id}.png</c>, one for every id.</summary>
    /// <exception cref="DatasetException">There is no such folder; and from the function, an id has no mask in
    /// it.</exception>
    public static Func<string, Mask?> RegionsIn(string folder)
    {
        var regions = MaskFolder.ById(folder);
        return id =>
            regions.TryGetValue(id, out var path)
                ? SampleFiles.LoadMask(path)
                : throw new DatasetException($"{id}: there is no mask of it in {folder}");
    }

    private static List<string> InOne(string folder)
    {
        var all = Path.Combine(folder, SubfolderOfAll);
        if (!Directory.Exists(folder))
            throw new DatasetException($"{folder}: there is no such folder");
        var each = Directory.Exists(all)
            ? Directory.EnumerateDirectories(all).Order(StringComparer.Ordinal).ToList()
            : [];
        return each.Count >= 2 ? each
            : throw new DatasetException(
                $"{folder}: one annotator only; give two folders or more, or one that has {SubfolderOfAll}/A, {SubfolderOfAll}/B, ... inside");
    }

    // The folder's name unless two have the same, such as a/masks and b/masks.
    private static List<string> NamesOf(IReadOnlyList<string> folders)
    {
        List<string> names = [.. folders.Select(folder => Path.GetFileName(FullPath(folder)))];
        return names.Distinct().Count() == names.Count ? names : [.. folders];
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
