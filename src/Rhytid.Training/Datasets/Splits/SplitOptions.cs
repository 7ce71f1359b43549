namespace Rhytid.Training.Datasets.Splits;

/// <summary>How a set is split.</summary>
public sealed record SplitOptions
{
    /// <summary>Another seed, another split.</summary>
    public int Seed { get; init; }

    /// <summary>The proportions of the parts.</summary>
    public SplitShares Shares { get; init; } = SplitShares.Default;

    /// <summary>
    /// The test part, where it is given; the rest is then split by the proportions of training and validation.
    /// </summary>
    public IReadOnlyCollection<string>? TestIds { get; init; }

    /// <summary>Ids that may be in no part, nor any other id of the same photo.</summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    /// <summary>Folds of everything that is not test; 0 for none.</summary>
    public int Folds { get; init; }

    /// <summary>
    /// Whether every fold has its share of each set, told by the letters that ids begin with
    /// (<see cref="PhotoGroups.SetOf"/>).
    /// </summary>
    public bool StratifyFolds { get; init; }

    /// <summary>Percentages of the training part; each smaller one is inside the larger.</summary>
    public IReadOnlyList<int> Fractions { get; init; } = [];
}
