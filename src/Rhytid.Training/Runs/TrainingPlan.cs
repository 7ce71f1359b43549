using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Runs;

/// <summary>Everything that decides how a network is trained; the data apart.</summary>
public sealed record TrainingPlan
{
    /// <summary>What the network learns.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>What it is trained to make small.</summary>
    public required ILoss Loss { get; init; }

    /// <summary>Makes the schedule; each run needs its own.</summary>
    public required Func<ISchedule> Schedule { get; init; }

    /// <summary>Makes the optimizer of a network's parameters, with the first learning rate.</summary>
    public required Func<IEnumerable<StoredParameter>, double, Optimizer> Optimizer { get; init; }

    /// <summary>How often every sample is seen.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples that the network sees at once.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients are added before a step; batch norm still sees one batch at a time.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The longest that all gradients together may be; null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Epochs without a better validation score after which the run ends; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>Where all randomness begins.</summary>
    public int Seed { get; init; }

    /// <summary>Compute in bf16 where that is safe.</summary>
    public bool Bf16 { get; init; }

    /// <summary>Batch norm keeps the statistics that the weights came with.</summary>
    public bool FreezeBatchNorm { get; init; }

    /// <summary>Stages of the encoder that are not trained.</summary>
    public EncoderFreezing FreezeEncoder { get; init; }

    /// <summary>
    /// Decay of the weights' moving average, which is validated and saved in their place; smaller in the first steps.
    /// Null for the weights themselves.
    /// </summary>
    public double? AverageDecay { get; init; }

    /// <summary>
    /// How long a run may take from its start or resumption; it ends with a validation after the step at hand. Null for
    /// no limit.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Where the network computes.</summary>
    public Device Device { get; init; }

    /// <summary>
    /// The processes that train together: each learns from its part of every batch, and all take the same steps. Null
    /// for one alone.
    /// </summary>
    public ProcessGroup? Group { get; init; }

    /// <summary>Moon's AdamW: weight decay 0.05, betas 0.9 and 0.999.</summary>
    public static Optimizer AdamW(IEnumerable<StoredParameter> parameters, double learningRate) =>
        new AdamW([new ParameterGroup(parameters, learningRate, weightDecay: 0.05)]);

    /// <summary>Kim's Adam.</summary>
    public static Optimizer Adam(IEnumerable<StoredParameter> parameters, double learningRate) =>
        new Adam([new ParameterGroup(parameters, learningRate)]);
}
