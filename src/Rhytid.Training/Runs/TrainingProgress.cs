namespace Rhytid.Training.Runs;

/// <summary>How far a run has come: what a checkpoint holds besides tensors.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch that is under way, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of that epoch that were seen.</summary>
    public int Batch { get; init; }

    /// <summary>Optimizer steps taken.</summary>
    public long Step { get; init; }

    /// <summary>The best validation score, mean JSI over images or the negative loss; null before the first.</summary>
    public double? BestScore { get; init; }

    /// <summary>The epoch that had it.</summary>
    public int BestEpoch { get; init; }

    /// <summary>The validation loss of the epoch before, which some schedules look at.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The learning rate of the epoch that is under way.</summary>
    public double LearningRate { get; init; }
}
