namespace Rhytid.Models;

/// <summary>A size or another integer of a forward pass, once for each size of the input it was recorded at.</summary>
/// <param name="values">One for each recording.</param>
internal sealed class RecordedInteger(params long[] values) : IEquatable<RecordedInteger>
{
    /// <summary>Whether it is the same at every size of the input.</summary>
    public bool IsFixed => Array.TrueForAll(values, value => value == values[0]);

    /// <summary>The number, which is the same at every size.</summary>
    /// <exception cref="SizeDependentException">It is not.</exception>
    public long Value => IsFixed
        ? values[0]
        : throw new SizeDependentException($"a number depends on the size ({string.Join(", ", values)})");

    /// <summary>The same number of several recordings as one.</summary>
    public static RecordedInteger Join(IEnumerable<RecordedInteger> integers) =>
        new([.. integers.Select(integer => integer.Value)]);

    /// <summary>How many times larger it is than another at every size; null where that is no whole number.</summary>
    public long? FactorOf(RecordedInteger other)
    {
        var factor = values[0] / other.Values[0];
        return values.Zip(other.Values).All(pair => pair.First == factor * pair.Second) ? factor : null;
    }

    /// <inheritdoc/>
    public bool Equals(RecordedInteger? other) => other is not null && values.AsSpan().SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordedInteger);

    /// <inheritdoc/>
    public override int GetHashCode() => values[0].GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => string.Join('|', values);

    private long[] Values => values;
}

/// <summary>Part of a network depends on the size of its input in a way that a graph of any size cannot say.</summary>
internal sealed class SizeDependentException(string message) : Exception(message);
