using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>One who drew wrinkles, a person or a program: a mask for each id.</summary>
public sealed class Annotator
{
    // The largest number of a part of the face: masks whose values end here or below hold classes, not grey levels.
    private const int LargestClass = 18;

    private readonly IReadOnlyDictionary<string, string> _masks;
    private readonly IReadOnlyDictionary<string, string> _regions;

    private Annotator(
        string name, int? wrinkleValue, IReadOnlyDictionary<string, string> masks,
        IReadOnlyDictionary<string, string> regions)
    {
        (Name, WrinkleValue, _masks, _regions) = (name, wrinkleValue, masks, regions);
    }

    /// <summary>What tables call it.</summary>
    public string Name { get; }

    /// <summary>
    /// The mask value that means wrinkle in masks of class values, or null for masks of 0/1 or 0/255.
    /// </summary>
    public int? WrinkleValue { get; }

    /// <summary>The ids it drew.</summary>
    public IEnumerable<string> Ids => _masks.Keys;

    /// <summary>Whether it drew an id.</summary>
    public bool Has(string id) => _masks.ContainsKey(id);

    /// <summary>Reads its mask of an id.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public Mask Load(string id) => SampleFiles.LoadMask(_masks[id], WrinkleValue);

    /// <summary>
    /// The same annotator without the masks on which nothing is drawn; an empty mask may mean that nobody looked.
    /// </summary>
    /// <exception cref="ImageException">A mask cannot be read.</exception>
    internal Annotator WithoutEmpty() =>
        new(Name, WrinkleValue, _masks.Where(mask => Load(mask.Key).Count() > 0).ToDictionary(), _regions);

    /// <summary>The file that limits where pixels of an id count, or null for everywhere.</summary>
    internal string? RegionPath(string id) => _regions.GetValueOrDefault(id);

    /// <summary>Opens a data set in any known layout, or a folder of masks.</summary>
    /// <param name="folder">Where the masks are.</param>
    /// <param name="name">What tables call the annotator.</param>
    /// <param name="wrinkleValue">The value that means wrinkle, for masks of class values (none of them 255)
    /// only.</param>
    /// <exception cref="DatasetException">There are no wrinkle masks in it.</exception>
    internal static Annotator Open(string folder, string name, int? wrinkleValue)
    {
        if (!Directory.Exists(folder))
            throw new DatasetException($"{folder}: there is no such folder");
        var layout = DatasetLayouts.Detect(folder, wrinkleValue);
        var samples = layout == DatasetLayouts.Photos
            ? []
            : WrinkleDataset.Open(folder, new DatasetOptions { Layout = layout }).Labelled.ToList();
        var masks = layout == DatasetLayouts.Photos
            ? MaskFolder.ById(folder)
            : samples.ToDictionary(sample => sample.Id, sample => sample[Channel.Wrinkles]!);
        if (masks.Count == 0)
            throw new DatasetException(
                $"{folder}: there are no wrinkle masks in it; expected {{id}}.png, or a data set with masks");
        var largest = MaskValues.Largest([.. masks.Values]);
        var coded = largest is > 1 and < Mask.Set ? wrinkleValue ?? layout.WrinkleValue : null;
        if (coded is null && largest is > 1 and <= LargestClass)
            throw new DatasetException(
                $"{folder}: the masks hold class values up to {largest}; say with --wrinkle-value which one is wrinkle");
        var regions = samples.Where(sample => sample[Channel.ScoredRegion] is not null)
            .ToDictionary(sample => sample.Id, sample => sample[Channel.ScoredRegion]!);
        return new Annotator(name, coded, masks, regions);
    }
}

/// <summary>
/// A folder of masks and nothing else: <c>{id}.png</c>, or the <c>{id}.mask.png</c> among what <c>segment</c> writes.
/// </summary>
internal static class MaskFolder
{
    private const string SegmentEnding = ".mask";

    /// <summary>The masks below a folder by id.</summary>
    /// <exception cref="DatasetException">There is no such folder, or two masks for one id.</exception>
    public static IReadOnlyDictionary<string, string> ById(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DatasetException($"{folder}: there is no such folder");
        var named =
            DatasetFolder.Pictures(folder)
                .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path))
                .ToList();
        // Beside .mask.png lie maps and overlays, which are no masks.
        if (named.Any(file => file.Name.EndsWith(SegmentEnding, StringComparison.Ordinal)))
            named = [.. named.Where(file => file.Name.EndsWith(SegmentEnding, StringComparison.Ordinal))
                .Select(file => (file.Name[..^SegmentEnding.Length], file.Path))];

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, path) in named)
            if (!files.TryAdd(id, path))
                throw new DatasetException($"two files for id {id}: {files[id]} and {path}");
        return files;
    }
}
