using System.Diagnostics;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Optim;
using Rhytid.Training.Batches;
using Rhytid.Training.Losses;
using Rhytid.Training.Runs.Tracking;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Runs;

/// <summary>
/// Trains a network: epochs of batches, a validation after each, checkpoints. A run that was stopped goes on from its last
/// checkpoint and, on the CPU, gives the same bytes as one that never stopped.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>The checkpoint to go on from, in the run's folder.</summary>
    public const string LastFile = "last.safetensors";

    /// <summary>The network of the best epoch, for use.</summary>
    public const string BestFile = "best.safetensors";

    private readonly TrainingPlan _plan;
    private readonly ModelFile _model;
    private readonly BatchLoader _training;
    private readonly BatchLoader? _validation;
    private readonly string _folder;
    private readonly List<ITracker> _trackers;
    private readonly ISchedule _schedule;
    private readonly Optimizer _optimizer;
    private TrainingProgress _progress = new();

    /// <summary>Prepares a run.</summary>
    /// <param name="plan">How to train.</param>
    /// <param name="model">The network; not disposed with the loop.</param>
    /// <param name="training">Batches to learn from.</param>
    /// <param name="validation">Batches to choose the best epoch by; null keeps the last.</param>
    /// <param name="folder">The run's folder; made when missing.</param>
    /// <param name="trackers">Follow the run; not disposed with the loop.</param>
    public TrainingLoop(TrainingPlan plan, ModelFile model, BatchLoader training, BatchLoader? validation, string folder, params IReadOnlyList<ITracker> trackers)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        (_plan, _model, _training, _validation, _folder, _trackers) = (plan, model, training, validation, folder, [.. trackers]);
        Directory.CreateDirectory(folder);
        _schedule = plan.Schedule();
        _optimizer = plan.Optimizer(model.Network.Parameters.Parameters, _schedule.LearningRate(0));
        TorchRuntime.Seed((ulong)plan.Seed);
    }

    /// <summary>How far the run has come.</summary>
    public TrainingProgress Progress => _progress;

    private string LastPath => Path.Combine(_folder, LastFile);

    /// <summary>Adds trackers, such as those that have to know first from which step the run goes on.</summary>
    public void Follow(params IEnumerable<ITracker> trackers) => _trackers.AddRange(trackers);

    /// <summary>Goes on from the folder's checkpoint.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TrainingException">The checkpoint is of another run.</exception>
    public bool Resume()
    {
        if (!File.Exists(LastPath))
            return false;
        _progress = TrainingCheckpoint.Restore(LastPath, _model.Network, _optimizer, _schedule);
        return true;
    }

    /// <summary>Trains until the last epoch, or until nothing gets better.</summary>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint is saved first.</param>
    /// <exception cref="TrainingException">The loss is no number, or a place cannot be written; the last good checkpoint stays.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        _model.Network.Parameters.Train();
        while (_progress.Epoch < _plan.Epochs && !HasLostPatience())
        {
            SetLearningRate();
            TrainEpoch(cancellationToken);
            var validation = _validation is null ? null : Validation.Run(_model.Network, _validation, _plan.Preprocessing, _plan.Loss, cancellationToken);
            EndEpoch(validation);
        }
    }

    /// <summary>Frees the optimizer's memory.</summary>
    public void Dispose() => _optimizer.Dispose();

    private void TrainEpoch(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var waitedBefore = _training.Waited;
        foreach (var batch in _training.Epoch(_progress.Epoch, _progress.Batch, cancellationToken))
        {
            using (batch)
                TrainBatch(batch);
            if (cancellationToken.IsCancellationRequested && !IsAccumulating)
            {
                SaveCheckpoint();
                throw new OperationCanceledException(cancellationToken);
            }
        }
        Track(new Dictionary<string, double>
        {
            ["time/epoch_seconds"] = watch.Elapsed.TotalSeconds,
            ["time/waiting_for_data"] = (_training.Waited - waitedBefore) / watch.Elapsed,
        });
    }

    // Between two steps of the optimizer, when gradients of some batches are added up already.
    private bool IsAccumulating => _progress.Batch % _plan.Accumulate != 0 && _progress.Batch != _training.Count;

    private void TrainBatch(LoadedBatch batch)
    {
        using var scope = TensorScope.Begin();
        var input = NetworkInputs.Make(batch, _plan.Preprocessing);
        var target = new WrinkleTarget(batch.Masks ?? throw new TrainingException($"{string.Join(' ', batch.Ids)}: there is no manual mask to learn from"), batch.Scored);
        IReadOnlyList<Tensor> outputs;
        using (_plan.Bf16 ? Autograd.Autocast() : null)
            outputs = _model.Network.ForwardHeads(input);
        // Sums over a million pixels need single precision.
        var loss = _plan.Loss.Compute([.. outputs.Select(output => output.To(DType.Float32))], target);
        var value = loss.Total.ToDouble();
        if (!double.IsFinite(value))
            throw new TrainingException($"the loss is {value} in epoch {_progress.Epoch + 1}, batch {_progress.Batch + 1}; {(File.Exists(LastPath) ? "the last good checkpoint is " + LastPath : "there is no checkpoint yet")}; try a lower learning rate");
        (_plan.Accumulate == 1 ? loss.Total : loss.Total * (1.0 / _plan.Accumulate)).Backward();
        _progress = _progress with { Batch = _progress.Batch + 1 };
        if (!IsAccumulating)
            Step(loss, value, outputs[0]);
    }

    private void Step(LossValue loss, double value, Tensor output)
    {
        var norm = _optimizer.ClipGradients(_plan.ClipNorm ?? double.PositiveInfinity);
        _optimizer.Step();
        _optimizer.ZeroGrad();
        _progress = _progress with { Step = _progress.Step + 1 };
        var values = new Dictionary<string, double>
        {
            ["epoch"] = _progress.Epoch + 1,
            ["learning_rate"] = _progress.LearningRate,
            ["train/loss"] = value,
            ["train/grad_norm"] = norm,
            ["train/pos_ratio"] = output.Shape[1] <= 2 ? Logits.Wrinkle(output).Greater(0).To(DType.Float32).Mean().ToDouble() : double.NaN,
        };
        foreach (var (name, part) in loss.Parts)
            values[$"train/{name}"] = part.ToDouble();
        Track(values);
    }

    private void EndEpoch(Validation? validation)
    {
        var isBest = validation is null || _progress.BestScore is not { } best || validation.MeanJsi > best;
        if (validation is not null)
        {
            if (isBest)
                _progress = _progress with { BestScore = validation.MeanJsi, BestEpoch = _progress.Epoch };
            Track(Scores(validation));
        }
        if (isBest)
            Guard(() => _model.Save(Path.Combine(_folder, BestFile)));
        _progress = _progress with { Epoch = _progress.Epoch + 1, Batch = 0, ValidationLoss = validation?.Loss };
        SaveCheckpoint();
    }

    private Dictionary<string, double> Scores(Validation validation) => new()
    {
        ["val/epoch"] = _progress.Epoch + 1,
        ["val/total_loss"] = validation.Loss,
        ["val/iou"] = validation.MeanJsi,
        ["val/f1"] = validation.Mean(counts => counts.F1),
        ["val/precision"] = validation.Mean(counts => counts.Precision),
        ["val/recall"] = validation.Mean(counts => counts.Recall),
        ["val/accuracy"] = validation.Mean(counts => counts.Accuracy),
        ["val/specificity"] = validation.Mean(counts => counts.Specificity),
        ["val/iou_pooled"] = validation.Pooled.Jsi,
        ["best_val_iou"] = _progress.BestScore ?? double.NaN,
        ["best_val_epoch"] = _progress.BestEpoch + 1,
    };

    private bool HasLostPatience() =>
        _plan.Patience is { } patience && _progress.BestScore is not null && _progress.Epoch - 1 - _progress.BestEpoch >= patience;

    private void SetLearningRate()
    {
        // An epoch that is gone on with keeps its rate: schedules that count would count it twice.
        if (_progress.Batch == 0)
            _progress = _progress with { LearningRate = _schedule.LearningRate(_progress.Epoch, _progress.ValidationLoss) };
        foreach (var group in _optimizer.Groups)
            group.LearningRate = _progress.LearningRate;
    }

    private void SaveCheckpoint()
    {
        Guard(() => TrainingCheckpoint.Save(LastPath, _model.Network, _optimizer, _schedule, _progress));
        foreach (var tracker in _trackers)
            Guard(tracker.Flush);
    }

    private void Track(IReadOnlyDictionary<string, double> values)
    {
        foreach (var tracker in _trackers)
            Guard(() => tracker.Scalars(_progress.Step, values));
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"the run's folder {_folder} cannot be written ({error.Message}); the last good checkpoint stays", error);
        }
    }
}
