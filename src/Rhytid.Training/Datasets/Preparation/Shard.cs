using System.Globalization;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// One of several equal parts of the work, for one machine each: every n-th item in the order of ids.
/// </summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many parts there are.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>All of the work.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Reads <c>i/n</c>, i from 0 to n - 1 as Slurm and Kubernetes count array tasks.</summary>
    /// <returns>Null where the text is no such part.</returns>
    public static Shard? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && index < count
            ? new Shard(index, count)
            : null;
    }

    /// <summary>Whether the item at a place of the ordered list belongs to this part.</summary>
    public bool Owns(int place) => place % Count == Index;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
