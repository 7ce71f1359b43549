using System.Collections;
using System.Diagnostics.CodeAnalysis;

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

/// <summary>What is known of each channel.</summary>
internal static class Channels
{
    public static IReadOnlyList<Channel> All { get; } = Enum.GetValues<Channel>();

    /// <summary>Planes of the channel's map.</summary>
    public static int Planes(this Channel channel) => channel == Channel.Photo ? 3 : 1;

    /// <summary>Whether its values are levels, which may be interpolated; others are masks and classes.</summary>
    public static bool IsLevels(this Channel channel) => channel is Channel.Photo or Channel.Texture;

    /// <summary>The name in a pack.</summary>
    public static string PackName(this Channel channel) => channel switch
    {
        Channel.Photo => "image",
        Channel.Labels => "labels",
        Channel.Wrinkles => "mask",
        Channel.ScoredRegion => "scored",
        Channel.Skin => "skin",
        Channel.Texture => "texture",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "there is no such channel"),
    };

    /// <summary>The name in messages.</summary>
    public static string Plural(this Channel channel) => channel switch
    {
        Channel.Photo => "photos",
        Channel.Labels => "parsing labels",
        Channel.Wrinkles => "masks",
        Channel.ScoredRegion => "scored regions",
        Channel.Skin => "skin masks",
        _ => "texture maps",
    };
}

/// <summary>
/// Maps by channel, any of which may be missing: files of a sample, bytes of a pack, tensors of a batch. Immutable.
/// </summary>
/// <typeparam name="TMap">A map.</typeparam>
public sealed class ChannelSet<TMap> : IEnumerable<KeyValuePair<Channel, TMap>>, IEquatable<ChannelSet<TMap>>
    where TMap : notnull
{
    private readonly SortedList<Channel, TMap> _maps;

    /// <summary>A set of maps.</summary>
    /// <param name="maps">Each channel once, in any order.</param>
    public ChannelSet(params IEnumerable<KeyValuePair<Channel, TMap>> maps) =>
        _maps = new SortedList<Channel, TMap>(maps.ToDictionary());

    /// <summary>The map of a channel.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public TMap this[Channel channel] => _maps[channel];

    /// <summary>Whether there is a map of a channel.</summary>
    public bool Contains(Channel channel) => _maps.ContainsKey(channel);

    /// <summary>Gets the map of a channel, if there is one.</summary>
    public bool TryGet(Channel channel, [MaybeNullWhen(false)] out TMap map) => _maps.TryGetValue(channel, out map);

    /// <summary>The set with another map of a channel; null leaves the channel out.</summary>
    public ChannelSet<TMap> With(Channel channel, TMap? map)
    {
        var others = _maps.Where(entry => entry.Key != channel);
        return new(map is null ? others : others.Append(KeyValuePair.Create(channel, map)));
    }

    /// <summary>The set of the results of a function of each map.</summary>
    public ChannelSet<TResult> Map<TResult>(Func<Channel, TMap, TResult> change)
        where TResult : notnull
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(_maps.Select(entry => KeyValuePair.Create(entry.Key, change(entry.Key, entry.Value))));
    }

    /// <inheritdoc/>
    public bool Equals(ChannelSet<TMap>? other) => other is not null && _maps.SequenceEqual(other._maps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChannelSet<TMap>);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _maps.Aggregate(0, (code, entry) => HashCode.Combine(code, entry.Key, entry.Value));

    /// <summary>The channels and their maps, the photo first.</summary>
    public IEnumerator<KeyValuePair<Channel, TMap>> GetEnumerator() => _maps.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
