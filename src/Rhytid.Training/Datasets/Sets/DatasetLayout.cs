namespace Rhytid.Training.Datasets.Sets;

/// <summary>
/// What the folders of a data set are called and how its masks are coded. Files belong together by name, never by
/// order.
/// </summary>
public sealed record DatasetLayout
{
    /// <summary>What <c>--layout</c> calls it.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// Folders by channel; where an id is in several of one channel the first one counts. <c>.</c> is the data set's
    /// folder itself. A channel that is not named has its own folders, such as <c>skin_masks</c>.
    /// </summary>
    public required ChannelSet<IReadOnlyList<string>> Folders
    {
        get;
        init => field = new(Channels.All.Select(channel => KeyValuePair.Create(
            channel, value.TryGet(channel, out var folders) ? folders : channel.Info().Folders)));
    }

    /// <summary>The class order of parsing labels.</summary>
    public LabelOrder LabelOrder { get; init; } = LabelOrder.BiSeNet;

    /// <summary>Folders of photos that are black outside the skin.</summary>
    public IReadOnlyList<string> MaskedImages { get; init; } = [];

    /// <summary>
    /// The mask value that means wrinkle where masks hold class values; null for masks of 0/1 or 0/255.
    /// </summary>
    public int? WrinkleValue { get; init; }

    /// <summary>Whether ids are FFHQ's numbers, so that 12 and 00012 are one.</summary>
    public bool HasFfhqIds { get; init; }

    /// <summary>An id as this layout writes it.</summary>
    public string Normalize(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        const int FfhqDigits = 5;
        return HasFfhqIds && id.Length < FfhqDigits && id.All(char.IsAsciiDigit) ? id.PadLeft(FfhqDigits, '0') : id;
    }
}

/// <summary>The layouts there are, and which one a folder has.</summary>
public static class DatasetLayouts
{
    /// <summary>
    /// FFHQ-Wrinkle as published: photos in folders of a thousand, manual masks, weak masks, parsing labels.
    /// </summary>
    public static DatasetLayout FfhqWrinkle { get; } = new()
    {
        Name = "ffhq-wrinkle",
        Description = "images1024x1024/*/, manual_wrinkle_masks/, weak_wrinkle_masks/*/, etcs/face_parsed_labels/",
        Folders = new ChannelSet<IReadOnlyList<string>>()
            .With(Channel.Photo, ["images1024x1024", "face_images"])
            .With(Channel.Wrinkles, ["manual_wrinkle_masks"])
            .With(Channel.Labels, ["etcs/face_parsed_labels", "face_parsed_labels"])
            .With(Channel.Texture, ["weak_wrinkle_masks"]),
        MaskedImages = ["masked_face_images"],
        HasFfhqIds = true,
    };

    /// <summary>Kim et al.'s: masks of skin and wrinkles, FFHQ's photos beside them.</summary>
    public static DatasetLayout Kim { get; } = new()
    {
        Name = "kim",
        Description = "skin_masks/, wrinkle_masks/, photos of FFHQ in images1024x1024/, images/ or --photos",
        Folders = new ChannelSet<IReadOnlyList<string>>()
            .With(Channel.Photo, ["images1024x1024", "images"])
            .With(Channel.Wrinkles, ["wrinkle_masks"]),
        HasFfhqIds = true,
    };

    /// <summary>a-Rahmati's: masks of class values, 3 is wrinkle.</summary>
    public static DatasetLayout Rahmati { get; } = new()
    {
        Name = "rahmati",
        Description = "images/, masks/ with the values 0 to 3, 3 is wrinkle",
        Folders = new ChannelSet<IReadOnlyList<string>>()
            .With(Channel.Photo, ["images"])
            .With(Channel.Wrinkles, ["masks"]),
        WrinkleValue = 3,
    };

    /// <summary>CelebAMask-HQ's style: photos and parsing labels, no wrinkles.</summary>
    public static DatasetLayout Parsing { get; } = new()
    {
        Name = "parsing",
        Description = "images/ and masks/ (or labels/) with face parts 0 to 18 in CelebAMask-HQ's order",
        Folders = new ChannelSet<IReadOnlyList<string>>()
            .With(Channel.Photo, ["images", "CelebA-HQ-img"])
            .With(Channel.Labels, ["labels", "masks"]),
        LabelOrder = LabelOrder.CelebAMask,
    };

    /// <summary>Photos and masks, nothing special.</summary>
    public static DatasetLayout Plain { get; } = new()
    {
        Name = "plain",
        Description = "images/, masks/",
        Folders = new ChannelSet<IReadOnlyList<string>>()
            .With(Channel.Photo, ["images"])
            .With(Channel.Wrinkles, ["masks"])
            .With(Channel.Labels, ["labels"]),
    };

    /// <summary>A folder of photos, nothing else.</summary>
    public static DatasetLayout Photos { get; } = new()
    {
        Name = "photos",
        Description = "pictures in the folder itself or below it",
        Folders = new(Channels.All.Select(channel => KeyValuePair.Create<Channel, IReadOnlyList<string>>(
            channel, channel == Channel.Photo ? ["."] : []))),
    };

    // By these a folder is known to be a set, without looking into files.
    private static readonly string[] FoldersOfSets =
    [
        "images", "masks", "images1024x1024", "manual_wrinkle_masks", "wrinkle_masks"
    ];

    /// <summary>All layouts, in the order in which they are tried.</summary>
    public static IReadOnlyList<DatasetLayout> All { get; } = [FfhqWrinkle, Kim, Rahmati, Parsing, Plain, Photos];

    /// <summary>The layout of a name.</summary>
    /// <exception cref="DatasetException">There is none of that name.</exception>
    public static DatasetLayout Named(string name) => All.FirstOrDefault(layout => layout.Name == name)
        ?? throw new DatasetException(
            $"there is no layout '{name}'; use one of: {string.Join(", ", All.Select(layout => layout.Name))}");

    /// <summary>The layout that a folder has.</summary>
    /// <param name="folder">The data set.</param>
    /// <param name="wrinkleValue">The class value that the user says is wrinkle: then masks of class values are wrinkle
    /// masks.</param>
    /// <exception cref="DatasetException">It has none.</exception>
    public static DatasetLayout Detect(string folder, int? wrinkleValue = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        bool Has(string name) => Directory.Exists(Path.Combine(folder, name));
        if (Has("wrinkle_masks"))
            return Kim;
        if (Has("manual_wrinkle_masks") || Has("images1024x1024"))
            return FfhqWrinkle;
        if (Has("masks"))
            return wrinkleValue is null ? ByMaskValues(Path.Combine(folder, "masks")) : Plain;
        if (Has("images"))
            return Has("labels") ? Parsing : Plain;
        if (SetsBelow(folder) is { Count: > 0 } below)
            throw new DatasetException($"{folder}: holds data sets in {string.Join(", ", below)}; give those");
        if (!DatasetFolder.Pictures(folder).Any())
            throw new DatasetException(
                $"{folder}: no data set in it; a layout is one of: {string.Join("; ", All.Select(layout => $"{layout.Name} ({layout.Description})"))}");
        return Photos;
    }

    private static List<string> SetsBelow(string folder) => [.. Directory.EnumerateDirectories(folder)
        .Where(below => FoldersOfSets.Any(name => Directory.Exists(Path.Combine(below, name))))
        .Select(below => Path.GetFileName(below)!).Order(StringComparer.Ordinal)];

    // 0/1 and 0/255 are wrinkles; up to 3 are a-Rahmati's classes; up to 18 are parts of the face.
    private static DatasetLayout ByMaskValues(string folder) => MaskValues.Largest(folder) switch
    {
        <= 1 => Plain,
        <= 3 => Rahmati,
        <= 18 => Parsing,
        _ => Plain,
    };
}

/// <summary>Which number stands for which part of the face in parsing labels of 19 classes.</summary>
public enum LabelOrder
{
    /// <summary>The public face-parsing network's: 1 skin, 10 nose.</summary>
    BiSeNet,

    /// <summary>CelebAMask-HQ's: 1 skin, 2 nose.</summary>
    CelebAMask,
}
