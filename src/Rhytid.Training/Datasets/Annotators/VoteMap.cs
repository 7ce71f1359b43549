using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Who marked each pixel of a picture.</summary>
public sealed class VoteMap
{
    private readonly uint[] _votes;
    private readonly uint _present;
    private readonly (int Width, int Height) _size;

    /// <summary>Puts masks on top of each other.</summary>
    /// <param name="masks">In the annotators' order, of one size; null for those who did not draw the picture.</param>
    public VoteMap(IReadOnlyList<Mask?> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (masks.Count > AnnotatorSet.Most)
            throw new ArgumentException(
                $"there are {masks.Count} masks; at most {AnnotatorSet.Most} work", nameof(masks));
        var size = masks.OfType<Mask>().FirstOrDefault()
            ?? throw new ArgumentException("there is no mask", nameof(masks));
        _size = (size.Width, size.Height);
        _votes = new uint[size.Width * size.Height];
        for (var i = 0; i < masks.Count; i++)
        {
            if (masks[i] is not { } mask)
                continue;
            if ((mask.Width, mask.Height) != _size)
                throw new ArgumentException(
                    $"expected {size.Width} x {size.Height} pixels, got {mask.Width} x {mask.Height}", nameof(masks));
            _present |= 1u << i;
            AddVotes(mask.Samples, 1u << i);
        }
    }

    /// <summary>The pixels that anybody marked.</summary>
    public Mask Union()
    {
        var mask = new Mask(_size.Width, _size.Height);
        for (var i = 0; i < _votes.Length; i++)
            if (_votes[i] != 0)
                mask.Samples[i] = Mask.Set;
        return mask;
    }

    /// <summary>How many pixels have which pattern.</summary>
    /// <param name="region">Where pixels count; everywhere unless given.</param>
    public VotePatterns Count(Mask? region = null)
    {
        var patterns = new VotePatterns();
        long unmarked = 0;
        for (var i = 0; i < _votes.Length; i++)
        {
            if (region is not null && region.Samples[i] == 0)
                continue;
            // Nearly all pixels: a look into the dictionary for each would take most of the time.
            if (_votes[i] == 0)
                unmarked++;
            else
                patterns.Add(new VotePattern(_present, _votes[i]), 1);
        }
        if (unmarked > 0)
            patterns.Add(new VotePattern(_present, 0), unmarked);
        return patterns;
    }

    /// <summary>
    /// Makes a grey picture in which the level of a pixel follows from its pattern; unmarked pixels are 0.
    /// </summary>
    public Plane<byte> Paint(Func<VotePattern, byte> level)
    {
        ArgumentNullException.ThrowIfNull(level);
        var plane = new Plane<byte>(_size.Width, _size.Height);
        var levels = new Dictionary<uint, byte>();
        for (var i = 0; i < _votes.Length; i++)
        {
            if (_votes[i] == 0)
                continue;
            if (!levels.TryGetValue(_votes[i], out var value))
                levels[_votes[i]] = value = level(new VotePattern(_present, _votes[i]));
            plane.Samples[i] = value;
        }
        return plane;
    }

    private void AddVotes(ReadOnlySpan<byte> samples, uint bit)
    {
        for (var i = samples.IndexOfAnyExcept((byte)0); i >= 0;)
        {
            _votes[i] |= bit;
            var next = samples[(i + 1)..].IndexOfAnyExcept((byte)0);
            i = next < 0 ? -1 : i + 1 + next;
        }
    }
}

/// <summary>What all annotators say about a pixel, one bit for each.</summary>
/// <param name="Present">Who looked at it.</param>
/// <param name="Votes">Who marked it.</param>
public readonly record struct VotePattern(uint Present, uint Votes)
{
    /// <summary>How many marked it.</summary>
    public int VoteCount => BitOperations.PopCount(Votes);

    /// <summary>How many looked at it.</summary>
    public int PresentCount => BitOperations.PopCount(Present);
}

/// <summary>
/// How many pixels have which pattern of votes. A picture has a million pixels but three annotators make eight
/// patterns, and fusing their masks needs nothing else.
/// </summary>
public sealed class VotePatterns
{
    private readonly Dictionary<VotePattern, long> _counts = [];

    /// <summary>Patterns and their pixels.</summary>
    public IReadOnlyDictionary<VotePattern, long> Counts => _counts;

    /// <summary>Adds pixels of one pattern.</summary>
    public void Add(VotePattern pattern, long pixels) => _counts[pattern] = _counts.GetValueOrDefault(pattern) + pixels;

    /// <summary>Adds the pixels of another count.</summary>
    public void Add(VotePatterns other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (pattern, pixels) in other._counts)
            Add(pattern, pixels);
    }
}
