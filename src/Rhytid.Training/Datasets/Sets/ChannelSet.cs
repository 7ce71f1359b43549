using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Rhytid.Training.Datasets.Sets;

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
