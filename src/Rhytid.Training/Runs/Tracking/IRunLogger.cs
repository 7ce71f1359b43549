using System.Collections.ObjectModel;

namespace Rhytid.Training.Runs.Tracking;

/// <summary>Receives the entries and pictures of a run's log.</summary>
public interface IRunLogger
{
    /// <summary>Called once, before the first step.</summary>
    void Start(RunShape shape)
    {
    }

    /// <summary>Adds an entry.</summary>
    void Log(LogEntry entry);

    /// <summary>Adds a picture.</summary>
    /// <param name="step">Optimizer steps since the beginning of the run.</param>
    /// <param name="name">Its name ("val/worst-1").</param>
    /// <param name="png">The file's bytes.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    void Picture(long step, string name, ReadOnlyMemory<byte> png, int width, int height)
    {
    }

    /// <summary>Writes buffered entries to disk; called after each checkpoint.</summary>
    void Flush()
    {
    }
}

/// <summary>The size of a run.</summary>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="Steps">Optimizer steps of an epoch.</param>
/// <param name="Samples">Samples of an epoch.</param>
public sealed record RunShape(int Epochs, int Steps, int Samples);

/// <summary>An entry of a run's log.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Optimizer steps since the beginning of the run.</param>
public abstract record LogEntry(int Epoch, long Step)
{
    /// <summary>The values by their keys in <c>metrics.jsonl</c> and TensorBoard; NaN and infinities as such.</summary>
    public abstract IReadOnlyDictionary<string, double> Scalars { get; }
}

/// <summary>An optimizer step.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Steps since the beginning of the run, this one included.</param>
/// <param name="LearningRate">The schedule's learning rate.</param>
/// <param name="Loss">The total loss of the last batch.</param>
/// <param name="GradNorm">Norm of all gradients before clipping.</param>
/// <param name="ImagesPerSecond">Mean since the run was started or resumed; not written to files.</param>
public sealed record StepLog(
    int Epoch, long Step, double LearningRate, double Loss, double GradNorm, double ImagesPerSecond)
    : LogEntry(Epoch, Step)
{
    /// <summary>What the objective logs of the output, by name.</summary>
    public IReadOnlyDictionary<string, double> Monitored { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The terms of the loss by name.</summary>
    public IReadOnlyDictionary<string, double> Parts { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Scalars
    {
        get
        {
            var scalars = new Dictionary<string, double>
            {
                ["epoch"] = Epoch,
                ["learning_rate"] = LearningRate,
                ["train/loss"] = Loss,
                ["train/grad_norm"] = GradNorm,
            };
            foreach (var (name, value) in Monitored.Concat(Parts))
                scalars[$"train/{name}"] = value;
            return scalars;
        }
    }
}

/// <summary>The end of an epoch's training, before its validation.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Optimizer steps since the beginning of the run.</param>
/// <param name="Duration">Duration of the epoch's training.</param>
/// <param name="WaitingForData">The fraction of it that was spent waiting for batches.</param>
public sealed record EpochLog(int Epoch, long Step, TimeSpan Duration, double WaitingForData) : LogEntry(Epoch, Step)
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Scalars => new Dictionary<string, double>
    {
        ["time/epoch_seconds"] = Duration.TotalSeconds,
        ["time/waiting_for_data"] = WaitingForData,
    };
}

/// <summary>A validation.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Optimizer steps since the beginning of the run.</param>
/// <param name="Loss">Mean loss of the validation batches.</param>
/// <param name="Metrics">The metric's values by key; null where the loss chooses the best epoch.</param>
/// <param name="BestScore">The best score so far: the metric's, or the negative loss.</param>
/// <param name="BestEpoch">The epoch that had it, from 1.</param>
public sealed record ValidationLog(
    int Epoch, long Step, double Loss, IReadOnlyDictionary<string, double>? Metrics, double BestScore, int BestEpoch)
    : LogEntry(Epoch, Step)
{
    private static readonly ReadOnlyDictionary<string, double> NoMetrics = ReadOnlyDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Scalars => new Dictionary<string, double>(Metrics ?? NoMetrics)
    {
        ["val/epoch"] = Epoch,
        ["val/total_loss"] = Loss,
        [Metrics is null ? "best_val_loss" : "best_val_iou"] = Metrics is null ? -BestScore : BestScore,
        ["best_val_epoch"] = BestEpoch,
    };
}
