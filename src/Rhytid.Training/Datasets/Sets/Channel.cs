namespace Rhytid.Training.Datasets.Sets;

/// <summary>The maps that belong to one photo, in the order of a pack's file.</summary>
public enum Channel
{
    /// <summary>The photo: red, green and blue, 0 to 255.</summary>
    Photo,

    /// <summary>The face parser's class of each pixel, in the order of BiSeNet.</summary>
    Labels,

    /// <summary>The manual wrinkle mask: 0 and 1, or a fraction of the pixel.</summary>
    Wrinkles,

    /// <summary>Where pixels count in losses and scores, 0 and 1; everywhere without it.</summary>
    ScoredRegion,

    /// <summary>The mask of face skin, 0 and 1.</summary>
    Skin,

    /// <summary>The texture map, 0 to 255.</summary>
    Texture,
}

/// <summary>What the numbers of a channel mean: how they are checked, resampled, covered and mirrored.</summary>
internal enum ChannelValues
{
    /// <summary>Red, green and blue, 0 to 255: interpolated, painted over by what covers the face.</summary>
    Color,

    /// <summary>One number, 0 to 255: interpolated, 0 under what covers the face.</summary>
    Level,

    /// <summary>0 and 1 or a fraction of the pixel, thin: resampled as <c>MaskSampling</c> says, 0 where covered.</summary>
    Line,

    /// <summary>0 and 1: resampled to the nearest pixel, 0 where covered.</summary>
    Flag,

    /// <summary>0 and 1, and 1 everywhere where there is no map: as flags, but covering changes nothing.</summary>
    Region,

    /// <summary>Class numbers of face parts: to the nearest pixel, 0 where covered, left and right swap when mirrored.</summary>
    Part,
}

/// <summary>A channel's row in <see cref="Channels"/>.</summary>
/// <param name="Name">In messages, one of them.</param>
/// <param name="PackName">In a pack's tensor names.</param>
/// <param name="Values">What its numbers mean.</param>
/// <param name="Folders">Where layouts look for its files unless they name others.</param>
internal sealed record ChannelInfo(string Name, string PackName, ChannelValues Values, params string[] Folders)
{
    /// <summary>The name in messages, several of them.</summary>
    public string Plural => $"{Name}s";

    /// <summary>Planes of a map.</summary>
    public int Planes => Values == ChannelValues.Color ? 3 : 1;

    /// <summary>Whether every sample of a pack has it.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>What is known of each channel, a line each.</summary>
internal static class Channels
{
    private static readonly SortedList<Channel, ChannelInfo> Table = new()
    {
        [Channel.Photo] = new("photo", "image", ChannelValues.Color) { IsRequired = true },
        [Channel.Labels] = new("parsing label", "labels", ChannelValues.Part),
        [Channel.Wrinkles] = new("manual mask", "mask", ChannelValues.Line),
        [Channel.ScoredRegion] = new("scored region", "scored", ChannelValues.Region, "scored_regions"),
        [Channel.Skin] = new("skin mask", "skin", ChannelValues.Flag, "skin_masks"),
        [Channel.Texture] = new("texture map", "texture", ChannelValues.Level, "weak_wrinkle_masks", "textures"),
    };

    /// <summary>All channels, the photo first.</summary>
    public static IReadOnlyList<Channel> All { get; } = Enum.GetValues<Channel>();

    /// <summary>A channel's row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has none.</exception>
    public static ChannelInfo Info(this Channel channel) =>
        Table.TryGetValue(channel, out var info) ? info : throw Unknown(channel);

    /// <summary>What a switch throws for a value it does not know.</summary>
    public static ArgumentOutOfRangeException Unknown<T>(T value)
        where T : struct, Enum => new(nameof(value), value, $"{value} has no rule here");
}
