namespace Rhytid.Torch;

/// <summary>One place in a tensor's indexer: a number, a range, all remaining dimensions, or a new dimension.</summary>
public readonly struct TensorIndex
{
    private TensorIndex(TensorIndexKind kind, Index start = default, Index end = default) =>
        (Kind, Start, End) = (kind, start, end);

    /// <summary>All dimensions that the other indices leave over.</summary>
    public static TensorIndex Ellipsis => new(TensorIndexKind.Ellipsis);

    /// <summary>A new dimension of size 1.</summary>
    public static TensorIndex NewAxis => new(TensorIndexKind.NewAxis);

    internal TensorIndexKind Kind { get; }

    internal Index Start { get; }

    internal Index End { get; }

    /// <summary>One element; the dimension disappears.</summary>
    public static implicit operator TensorIndex(int element) =>
        new(TensorIndexKind.Element, element < 0 ? new Index(-element, fromEnd: true) : new Index(element));

    /// <summary>One element, possibly counted from the end; the dimension disappears.</summary>
    public static implicit operator TensorIndex(Index element) => new(TensorIndexKind.Element, element);

    /// <summary>A range of elements.</summary>
    public static implicit operator TensorIndex(Range range) => new(TensorIndexKind.Range, range.Start, range.End);
}

internal enum TensorIndexKind
{
    Element,
    Range,
    Ellipsis,
    NewAxis,
}
