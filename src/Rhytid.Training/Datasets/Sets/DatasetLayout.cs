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
    /// Folders of photos; where an id is in several the first one counts. <c>.</c> is the data set's folder itself.
    /// </summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>Folders of manual wrinkle masks.</summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>Folders of masks that limit where pixels count.</summary>
    public IReadOnlyList<string> ScoredRegions { get; init; } = ["scored_regions"];

    /// <summary>Folders of skin masks.</summary>
    public IReadOnlyList<string> SkinMasks { get; init; } = ["skin_masks"];

    /// <summary>Folders of face parsing labels, .npy or pictures.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The class order of <see cref="Labels"/>.</summary>
    public LabelOrder LabelOrder { get; init; } = LabelOrder.BiSeNet;

    /// <summary>Folders of texture maps (weak labels).</summary>
    public IReadOnlyList<string> Textures { get; init; } = ["weak_wrinkle_masks", "textures"];

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
