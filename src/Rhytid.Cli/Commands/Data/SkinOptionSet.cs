using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>--labels</c>, <c>--skin-masks</c>: labels or masks of a set's photos that lie elsewhere.</summary>
internal sealed class SkinFolderOptions
{
    private readonly Setting<string?> _labels;
    private readonly Setting<string?> _masks;

    public SkinFolderOptions(CliCommand command)
    {
        _labels = command.Folder("--labels", "A folder of parsing labels (.npy or pictures) that lie elsewhere.");
        _masks = command.Folder("--skin-masks", "A folder of skin masks that lie elsewhere.");
        command.Exclude(_labels, _masks);
    }

    public bool HasMasks => _masks.IsGiven;

    public DatasetOptions Add(DatasetOptions options) => options with
    {
        Elsewhere = options.Elsewhere.With(Channel.Labels, _labels.Value).With(Channel.Skin, _masks.Value),
    };
}

/// <summary>
/// <c>--skin</c>, <c>--label-order</c>, <c>--label-classes</c>, <c>--whole</c>, <c>--detector</c>, <c>--labels</c>,
/// <c>--skin-masks</c>: where the skin of a data set's photos is known from.
/// </summary>
internal sealed class SkinOptionSet(CliCommand command)
{
    private readonly Setting<string> _skin = command.Choice(
        "--skin",
        "Where skin is known from: the set's parsing labels, its skin masks, found in the photos (also when the set "
            + "has neither), or none.",
        "auto", ["auto", "labels", "masks", "find", "none"]);
    private readonly Setting<LabelOrder?> _order = command.OptionalChoice<LabelOrder>(
        "--label-order", "The class order of parsing labels; the layout's unless given.");
    private readonly Setting<HashSet<int>?> _classes = command.Parsed<HashSet<int>?>(
        "--label-classes", "1,10", "The classes that are skin; skin and nose unless given.", null,
        (string text, out HashSet<int>? classes) =>
        {
            classes = [.. NumberList.Parse(text)];
            return classes.All(one => one is >= 0 and <= 18);
        },
        "is no list of classes from 0 to 18, such as 1,10");
    private readonly Setting<bool> _whole = command.Flag(
        "--whole", "Where skin is found in the photos: each is one aligned face; a set with FFHQ's ids always is.");
    private readonly DetectorOption _detector = new(command);
    private readonly SkinFolderOptions _folders = new(command);

    /// <summary>Adds the folders of labels or masks that lie elsewhere.</summary>
    public DatasetOptions Add(DatasetOptions options) => _folders.Add(options);

    /// <summary>The source that the user chose for a data set.</summary>
    public SkinChoice Open(WrinkleDataset dataset)
    {
        var (order, classes) = (_order.Value ?? dataset.Layout.LabelOrder, _classes.Value);
        return _skin.Value switch
        {
            "labels" => new SkinChoice(SkinSources.Labels(order, classes)),
            "masks" => new SkinChoice(SkinSources.Masks),
            "none" => new SkinChoice(SkinSources.None),
            "auto" when _folders.HasMasks => new SkinChoice(SkinSources.Masks),
            "auto" when dataset.Samples.Any(sample => sample[Channel.Labels] is not null) =>
                new SkinChoice(SkinSources.Labels(order, classes)),
            "auto" when SkinSources.OwnOf(dataset) is { } own => new SkinChoice(own),
            _ => Found(dataset),
        };
    }

    private SkinChoice Found(WrinkleDataset dataset)
    {
        var detector = _detector.Load();
        var finder = new PhotoSkinFinder(detector: detector);
        return new SkinChoice(
            SkinSources.Found(finder, _whole || dataset.Layout.HasFfhqIds), finder, detector as IDisposable);
    }
}

/// <summary>A source of skin masks and what it keeps open.</summary>
internal sealed class SkinChoice(ISkinSource source, params IDisposable?[] owned) : IDisposable
{
    public ISkinSource Source { get; } = source;

    public void Dispose()
    {
        foreach (var item in owned)
            item?.Dispose();
    }
}
