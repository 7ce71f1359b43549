using Rhytid.Models;

namespace Rhytid.Training.Recipes;

/// <summary>How a network is trained, as a YAML file says it. Immutable; every default is that of the file's reader.</summary>
public sealed record Recipe
{
    /// <summary>The file's name without extension.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>Where the numbers come from: publication, section, what is inferred.</summary>
    public string? Source { get; init; }

    /// <summary>The architecture's id in the catalogue.</summary>
    public required string Model { get; init; }

    /// <summary>How it is built.</summary>
    public required ModelOptions ModelOptions { get; init; }

    /// <summary>What it sees.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>Losses by id, and their weights; they are added.</summary>
    public required IReadOnlyList<(string Id, double Weight)> Loss { get; init; }

    /// <summary>The optimizer.</summary>
    public required OptimizerChoice Optimizer { get; init; }

    /// <summary>The schedule.</summary>
    public required ScheduleChoice Schedule { get; init; }

    /// <summary>How often every sample is seen.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Batches for a step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Longest gradient; null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Epochs without a better score that are forgiven; null for all.</summary>
    public int? Patience { get; init; }

    /// <summary>Compute in bf16 where that is safe.</summary>
    public bool Bf16 { get; init; }

    /// <summary>Where all randomness begins.</summary>
    public int Seed { get; init; }
}

/// <summary>Which optimizer, with which numbers.</summary>
/// <param name="Kind">adamw, adam or sgd.</param>
/// <param name="LearningRate">The largest learning rate.</param>
/// <param name="WeightDecay">Decoupled for adamw, L2 for the others.</param>
/// <param name="Beta1">Of adam and adamw.</param>
/// <param name="Beta2">Of adam and adamw.</param>
/// <param name="Momentum">Of sgd.</param>
public sealed record OptimizerChoice(string Kind, double LearningRate, double WeightDecay, double Beta1, double Beta2, double Momentum);

/// <summary>Which schedule, with which numbers; each kind looks at its own.</summary>
/// <param name="Kind">constant, cosine, cosine-restarts, plateau or polynomial.</param>
/// <param name="Period">cosine-restarts: epochs of the first period.</param>
/// <param name="Growth">cosine-restarts: factor from period to period.</param>
/// <param name="Decay">cosine-restarts: factor from maximum to maximum.</param>
/// <param name="Minimum">The lowest learning rate.</param>
/// <param name="Patience">plateau: epochs that are forgiven.</param>
/// <param name="Factor">plateau: what the learning rate is multiplied with.</param>
/// <param name="Power">polynomial: the power.</param>
/// <param name="WarmUp">polynomial: epochs of warm-up.</param>
public sealed record ScheduleChoice(string Kind, int Period, int Growth, double Decay, double Minimum, int Patience, double Factor, double Power, int WarmUp);
