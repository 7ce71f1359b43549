namespace Rhytid.Training.Datasets.Splits;

/// <summary>A fold of cross-validation.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Val">To score.</param>
public sealed record Fold(IReadOnlyList<string> Train, IReadOnlyList<string> Val);

/// <summary>A set cut into parts. All lists are in the order of ids, and no photo is in two parts.</summary>
public sealed record Split
{
    /// <summary>To learn from.</summary>
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>To choose a model by.</summary>
    public required IReadOnlyList<string> Val { get; init; }

    /// <summary>To score once, at the end.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    /// <summary>In no part: not on the given test list, but the same photo as one that is.</summary>
    public required IReadOnlyList<string> SamePhotoAsTest { get; init; }

    /// <summary>In no part because they, or the same photo, were to be excluded.</summary>
    public required IReadOnlyList<string> Excluded { get; init; }

    /// <summary>Percentage and ids of fractions of the training part.</summary>
    public required IReadOnlyList<(int Percent, IReadOnlyList<string> Ids)> Fractions { get; init; }

    /// <summary>Folds of everything that is not test.</summary>
    public required IReadOnlyList<Fold> Folds { get; init; }

    /// <summary>How many photos there are when ids of the same photo count once.</summary>
    public required int Photos { get; init; }
}
