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
