using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>A folder of photos and what people or programs drew on them, matched by file name.</summary>
public sealed class WrinkleDataset
{
    private WrinkleDataset(
        string folder, DatasetLayout layout, int? wrinkleValue, IReadOnlyList<WrinkleSample> samples,
        IReadOnlyList<(string Id, string Message)> clashes, IReadOnlyList<string> readFolders)
    {
        (Folder, Layout, WrinkleValue, Samples, Clashes, ReadFolders) =
            (folder, layout, wrinkleValue, samples, clashes, readFolders);
    }

    /// <summary>The data set's folder.</summary>
    public string Folder { get; }

    /// <summary>How its folders are laid out.</summary>
    public DatasetLayout Layout { get; }

    /// <summary>
    /// The mask value that means wrinkle in masks of class values, or null for masks of 0/1 or 0/255.
    /// </summary>
    public int? WrinkleValue { get; }

    /// <summary>All samples, ordered by id.</summary>
    public IReadOnlyList<WrinkleSample> Samples { get; }

    /// <summary>The samples that have a manual mask, ordered by id.</summary>
    public IEnumerable<WrinkleSample> Labelled => Samples.Where(sample => sample[Channel.Wrinkles] is not null);

    /// <summary>Whether any sample limits where pixels count.</summary>
    public bool HasScoredRegions => Samples.Any(sample => sample[Channel.ScoredRegion] is not null);

    /// <summary>
    /// The folders, there or not, that are searched to the bottom for its files: what is put there is taken for its
    /// own.
    /// </summary>
    public IReadOnlyList<string> ReadFolders { get; }

    /// <summary>
    /// One line for each id that has two files of one kind; only <see cref="OpenForCheck"/> lets them pass.
    /// </summary>
    internal IReadOnlyList<(string Id, string Message)> Clashes { get; }

    /// <summary>Opens a data set.</summary>
    /// <exception cref="DatasetException">The folder is no data set, has nothing in it, or two files for one
    /// id.</exception>
    public static WrinkleDataset Open(string folder, DatasetOptions? options = null)
    {
        var dataset = OpenForCheck(folder, options);
        if (dataset.Clashes.Count > 0)
            throw new DatasetException(
                $"{dataset.Clashes[0].Message}{(dataset.Clashes.Count > 1 ? $" (and {dataset.Clashes.Count - 1} more ids)" : "")}");
        return dataset;
    }

    /// <summary>The same data set with some of its samples.</summary>
    public WrinkleDataset Where(Func<WrinkleSample, bool> isIn)
    {
        ArgumentNullException.ThrowIfNull(isIn);
        var samples = Samples.Where(isIn).ToList();
        var ids = samples.Select(sample => sample.Id).ToHashSet();
        return new WrinkleDataset(
            Folder, Layout, WrinkleValue, samples, [.. Clashes.Where(clash => ids.Contains(clash.Id))], ReadFolders);
    }

    /// <summary>Reads a sample's manual mask.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public Mask LoadMask(WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return SampleFiles.LoadMask(
            sample[Channel.Wrinkles] ?? throw new DatasetException($"{sample.Id}: there is no manual mask"),
                WrinkleValue);
    }

    /// <summary>
    /// As <see cref="Open"/>, but ids with two files pass: <c>DatasetCheck</c> lists them with everything else.
    /// </summary>
    /// <exception cref="DatasetException">The folder is no data set, or has nothing in it.</exception>
    public static WrinkleDataset OpenForCheck(string folder, DatasetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new DatasetOptions();
        if (!Directory.Exists(folder))
            throw new DatasetException($"{folder}: there is no such folder");
        foreach (var (_, elsewhere) in options.Elsewhere)
            if (!Directory.Exists(elsewhere))
                throw new DatasetException($"{elsewhere}: there is no such folder");

        var layout = options.Layout ?? DatasetLayouts.Detect(folder, options.WrinkleValue);
        if (options.Layout is null && layout == DatasetLayouts.Photos && MaskValues.AreMasks(folder))
            throw new DatasetException(
                $"{folder}: holds masks, not photos; give the folder above it, or say which with --layout");
        var clashes = new List<(string Id, string Message)>();
        var folders = layout.Folders.Map((channel, own) => Folders(folder, own, channel, options));
        var files = folders.Map((channel, places) => FilesById(places, channel, layout, clashes));
        List<string> maskedFolders = [.. layout.MaskedImages.Select(name => PathOf(folder, name))];
        var maskedImages = FilesById(maskedFolders, Channel.Photo, layout, clashes);

        // What lies elsewhere may be for all of FFHQ: only what this set says something about is its own.
        var (images, masks) = (files[Channel.Photo].Keys, files[Channel.Wrinkles].Keys);
        var own = options.Elsewhere.Contains(Channel.Labels) ? masks : masks.Union(files[Channel.Labels].Keys);
        var ids = options.Elsewhere.Contains(Channel.Photo) ? own : images.Union(own);
        var samples = ids.Order(StringComparer.Ordinal).Select(id => new WrinkleSample(id)
        {
            Paths = new(files.Where(paths => paths.Value.ContainsKey(id))
                .Select(paths => KeyValuePair.Create(paths.Key, paths.Value[id]))),
            MaskedImagePath = maskedImages.GetValueOrDefault(id),
        }).ToList();
        if (samples.Count == 0)
            throw new DatasetException(
                $"{folder}: nothing in it that layout {layout.Name} ({layout.Description}) would hold");
        return new WrinkleDataset(
            folder, layout, options.WrinkleValue ?? layout.WrinkleValue, samples, clashes,
            [.. folders.SelectMany(places => places.Value), .. maskedFolders]);
    }

    private static string PathOf(string root, string name) => name == "." ? root : Path.Combine(root, name);

    private static List<string> Folders(
        string root, IEnumerable<string> own, Channel channel, DatasetOptions options)
    {
        var inside = own.Select(name => PathOf(root, name));
        return options.Elsewhere.TryGet(channel, out var elsewhere)
            ? [Path.GetFullPath(elsewhere), .. inside]
            : [.. inside];
    }

    private static Dictionary<string, string> FilesById(
        List<string> folders, Channel channel, DatasetLayout layout, List<(string Id, string Message)> clashes)
    {
        Func<string, IEnumerable<string>> list =
            channel.Info().Values == ChannelValues.Part ? DatasetFolder.Labels : DatasetFolder.Pictures;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders.Where(Directory.Exists))
        {
            var here = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var path in list(folder))
            {
                var id = layout.Normalize(Path.GetFileNameWithoutExtension(path));
                if (!here.TryAdd(id, path))
                    clashes.Add((id, $"two files for id {id}: {here[id]} and {path}"));
            }
            foreach (var (id, path) in here)
                files.TryAdd(id, path);
        }
        return files;
    }
}

/// <summary>The files that a data set has of one photo; a path is null where there is no such file.</summary>
/// <param name="Id">File name without extension: what joins the files.</param>
public sealed record WrinkleSample(string Id)
{
    /// <summary>The paths by channel.</summary>
    public ChannelSet<string> Paths { get; init; } = new();

    /// <summary>The photo, black outside the skin; no channel, because nothing is trained on it.</summary>
    public string? MaskedImagePath { get; init; }

    /// <summary>The path of a channel's file.</summary>
    public string? this[Channel channel]
    {
        get => Paths.TryGet(channel, out var path) ? path : null;
        init => Paths = Paths.With(channel, value);
    }
}

/// <summary>How a folder is read as a data set.</summary>
public sealed record DatasetOptions
{
    /// <summary>The layout; found out unless given.</summary>
    public DatasetLayout? Layout { get; init; }

    /// <summary>The mask value that means wrinkle; the layout's unless given.</summary>
    public int? WrinkleValue { get; init; }

    /// <summary>
    /// Folders that lie elsewhere by channel, such as FFHQ's photos beside masks that somebody published without them.
    /// </summary>
    public ChannelSet<string> Elsewhere { get; init; } = new();
}

/// <summary>
/// A data set or a file about one is not as it should be. The message is one line that says what, where and what to do.
/// </summary>
public sealed class DatasetException : RhytidException
{
    /// <summary>With a message.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public DatasetException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Throws where there is a problem to tell.</summary>
    internal static void ThrowIf(string? problem)
    {
        if (problem is not null)
            throw new DatasetException(problem);
    }
}
