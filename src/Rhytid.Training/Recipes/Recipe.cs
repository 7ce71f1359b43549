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

    /// <summary>What the network learns.</summary>
    public required ObjectiveChoice Objective { get; init; }

    /// <summary>The architecture's id in the catalogue.</summary>
    public required string Model { get; init; }

    /// <summary>How it is built.</summary>
    public required ModelOptions ModelOptions { get; init; }

    /// <summary>What it sees.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The losses; they are added.</summary>
    public required IReadOnlyList<LossChoice> Loss { get; init; }

    /// <summary>How training samples are augmented: a preset's name (docs/reference/augmentation.md).</summary>
    public string Augmentation { get; init; } = "none";

    /// <summary>Whether training masks are dilated, 3x3 and once; null leaves it to the augmentation's preset.</summary>
    public bool? DilateMasks { get; init; }

    /// <summary>Patches that are cut out of training samples; null trains on whole ones.</summary>
    public PatchChoice? Patches { get; init; }

    /// <summary>The weights to start from; null for random ones.</summary>
    public InitialChoice? Initial { get; init; }

    /// <summary>Share of the training part that is used, in per cent: the split's list <c>train-NNN.txt</c>.</summary>
    public int Fraction { get; init; } = 100;

    /// <summary>Decay of the weights' moving average; null for none.</summary>
    public double? AverageDecay { get; init; }

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

    /// <summary>Batch norm keeps the statistics that the weights came with.</summary>
    public bool FreezeBatchNorm { get; init; }

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
/// <param name="DecayVectors">Whether weight decay also pulls at what has one dimension: biases and normalisations.</param>
/// <param name="FastParts">Parts of the network, by the beginnings of their parameters' names, that learn faster.</param>
/// <param name="FastFactor">How much faster.</param>
public sealed record OptimizerChoice(string Kind, double LearningRate, double WeightDecay, double Beta1, double Beta2, double Momentum, bool DecayVectors, IReadOnlyList<string> FastParts, double FastFactor);

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

/// <summary>What the network learns, with which numbers; each kind looks at its own.</summary>
/// <param name="Kind">wrinkles, texture, denoise, mim, reconstruct, deblur, superres or parsing.</param>
/// <param name="SoftLabels">wrinkles: deviation in pixels of the blur that softens labels; 0 leaves them.</param>
/// <param name="Low">texture: what a level of 0 is as a target.</param>
/// <param name="High">texture: what a level of 255 is as a target.</param>
/// <param name="Sigma">denoise: the noise's deviation, in units of the scaled photo.</param>
/// <param name="IsSimple">denoise: the sum is not scaled back.</param>
/// <param name="Target">denoise: noise or image.</param>
/// <param name="Patch">mim: side of a hidden patch in pixels.</param>
/// <param name="Ratio">mim: share of hidden patches.</param>
public sealed record ObjectiveChoice(string Kind, double SoftLabels, double Low, double High, double Sigma, bool IsSimple, string Target, int Patch, double Ratio);

/// <summary>One loss, with which numbers; each kind looks at its own.</summary>
/// <param name="Id">One of <see cref="RecipeParts.Losses"/>.</param>
/// <param name="Weight">What it is multiplied with before losses are added.</param>
/// <param name="Alpha">focal: weight of wrinkles.</param>
/// <param name="Gamma">focal: the power.</param>
/// <param name="Sum">focal: the sum over pixels in the place of the mean.</param>
/// <param name="Pooling">Dice: image or batch; null for the publication's.</param>
/// <param name="PositiveWeight">bce: weight of wrinkles.</param>
public sealed record LossChoice(string Id, double Weight, double Alpha, double Gamma, bool Sum, string? Pooling, double PositiveWeight);

/// <summary>How patches are cut out of training samples.</summary>
/// <param name="Size">Side in pixels.</param>
/// <param name="PerSample">Patches of each sample.</param>
/// <param name="WrinkleShare">How often a patch is laid around a wrinkle, 0 to 1.</param>
public sealed record PatchChoice(int Size, int PerSample, double WrinkleShare);

/// <summary>Which weights training starts from.</summary>
/// <param name="Recipe">The recipe that makes them; null for a file from elsewhere.</param>
/// <param name="File">Their file; null where it is given when training starts.</param>
/// <param name="Part">all, or encoder: the part of that name alone.</param>
/// <param name="NewChannels">What further input channels start with: mean, zero or random.</param>
/// <param name="Head">What the output convolution starts with: reinitialise or split.</param>
/// <param name="IsOptional">Without a file, training starts from random weights with a notice.</param>
public sealed record InitialChoice(string? Recipe, string? File, string Part, string NewChannels, string Head, bool IsOptional);
