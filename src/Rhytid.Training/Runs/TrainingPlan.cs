using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Runs;

/// <summary>The settings of a training, without its data.</summary>
public sealed record TrainingPlan
{
    /// <summary>The training task.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>The loss to minimise.</summary>
    public required ILoss Loss { get; init; }

    /// <summary>Creates the learning-rate schedule; each run needs its own.</summary>
    public required Func<ISchedule> Schedule { get; init; }

    /// <summary>Creates the optimizer from parameters and the first learning rate.</summary>
    public required Func<IEnumerable<StoredParameter>, double, Optimizer> Optimizer { get; init; }

    /// <summary>Number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients are accumulated for a step; batch norm sees one batch at a time.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Maximum norm of all gradients; null disables clipping.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Early-stopping patience in epochs; null disables it.</summary>
    public int? Patience { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public int Seed { get; init; }

    /// <summary>Compute in bf16 where that is safe.</summary>
    public bool Bf16 { get; init; }

    /// <summary>Whether batch norm keeps the statistics of the initial weights.</summary>
    public bool FreezeBatchNorm { get; init; }

    /// <summary>Stages of the encoder that are not trained.</summary>
    public EncoderFreezing FreezeEncoder { get; init; }

    /// <summary>
    /// Decay of the weights' moving average, which is validated and saved for use; lower in the first steps. Null
    /// disables it.
    /// </summary>
    public double? EmaDecay { get; init; }

    /// <summary>
    /// Time limit of a run from its start or resumption; it ends with a validation after the current step. Null for
    /// none.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Where the network computes.</summary>
    public Device Device { get; init; }

    /// <summary>The processes that train together, each on its part of every batch; null for one alone.</summary>
    public ProcessGroup? Group { get; init; }

    /// <summary>Moon's AdamW: weight decay 0.05, betas 0.9 and 0.999.</summary>
    public static Optimizer AdamW(IEnumerable<StoredParameter> parameters, double learningRate) =>
        new AdamW([new ParameterGroup(parameters, learningRate, weightDecay: 0.05)]);

    /// <summary>Kim's Adam.</summary>
    public static Optimizer Adam(IEnumerable<StoredParameter> parameters, double learningRate) =>
        new Adam([new ParameterGroup(parameters, learningRate)]);
}
