using System.Diagnostics;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Optim;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;
using Rhytid.Training.Runs.Tracking;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Runs;

/// <summary>
/// Trains a network: epochs of batches, a validation after each, checkpoints. A run that was stopped goes on from its
/// last checkpoint and, on the CPU, gives the same bytes as one that never stopped. Several processes train as one:
/// each runs this loop.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>The checkpoint to go on from, in the run's folder.</summary>
    public const string LastFile = "last.safetensors";

    /// <summary>The network of the best epoch, for use.</summary>
    public const string BestFile = "best.safetensors";

    private readonly TrainingPlan _plan;
    private readonly ModelFile _model;
    private readonly TrainingBatches _training;
    private readonly ValidationBatches? _validation;
    private readonly string _folder;
    private readonly List<ITracker> _trackers;
    private readonly ISchedule _schedule;
    private readonly Optimizer _optimizer;
    private readonly MovingAverage? _average;
    private readonly Ranks _ranks;
    private readonly Stopwatch _running = new();
    private TrainingProgress _progress = new();

    /// <summary>Prepares a run.</summary>
    /// <param name="plan">How to train.</param>
    /// <param name="model">The network; not disposed with the loop.</param>
    /// <param name="training">Batches to learn from.</param>
    /// <param name="validation">Batches to choose the best epoch by; null keeps the last.</param>
    /// <param name="folder">The run's folder; made when missing.</param>
    /// <param name="trackers">Follow the run; not disposed with the loop.</param>
    public TrainingLoop(
        TrainingPlan plan, ModelFile model, TrainingBatches training, ValidationBatches? validation, string folder,
        params IReadOnlyList<ITracker> trackers)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        (_plan, _model, _training, _validation, _folder, _trackers) =
            (plan, model, training, validation, folder, [.. trackers]);
        _ranks = new Ranks(plan.Group, plan.Device);
        if (_ranks.IsLeader)
            Directory.CreateDirectory(folder);
        model.Network.Parameters.To(plan.Device);
        _ranks.ShareWeights(model.Network.Parameters);
        model.Network.FreezeEncoder(plan.FreezeEncoder);
        _schedule = plan.Schedule();
        _optimizer = plan.Optimizer(model.Network.Parameters.Parameters, _schedule.LearningRate(0));
        _average = plan.AverageDecay is { } decay ? new MovingAverage(model.Network, decay) : null;
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
        _progress = TrainingCheckpoint.Restore(LastPath, _model.Network, _optimizer, _schedule, _average);
        return true;
    }

    /// <summary>Trains until the last epoch, until nothing gets better, or until the time is up.</summary>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint is saved first.</param>
    /// <exception cref="TrainingException">The loss is no number, or a place cannot be written; the last good
    /// checkpoint stays.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(CancellationToken cancellationToken = default) => Run(_plan.Epochs, cancellationToken);

    /// <summary>As <see cref="Run(CancellationToken)"/>, to another epoch than the plan's last.</summary>
    /// <param name="epochs">Epochs in all, those of before included.</param>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint is saved first.</param>
    public void Run(int epochs, CancellationToken cancellationToken = default)
    {
        _model.Network.Parameters.Train();
        _model.Network.Parameters.FreezesBatchNorm = _plan.FreezeBatchNorm;
        _ranks.RequireSame(_progress);
        _running.Restart();
        while (_progress.Epoch < epochs && !HasLostPatience())
        {
            SetLearningRate();
            TrainEpoch(cancellationToken);
            EndEpoch(cancellationToken);
            // Asked last: however little time there is, every run comes a step further.
            if (IsTimeUp())
                return;
        }
    }

    /// <summary>Frees the optimizer's memory.</summary>
    public void Dispose()
    {
        _optimizer.Dispose();
        _average?.Dispose();
    }

    private void TrainEpoch(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var waitedBefore = _training.Waited;
        foreach (var batch in _training.Epoch(_progress.Epoch, _progress.Batch))
        {
            using (batch)
                TrainBatch(batch);
            if (IsAccumulating)
                continue;
            if (IsTimeUp())
                break;
            if (_ranks.Any(cancellationToken.IsCancellationRequested))
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

    private bool IsTimeUp() => _plan.Budget is { } budget && _ranks.Any(_running.Elapsed > budget);

    // Between two steps of the optimizer, when gradients of some batches are added up already.
    private bool IsAccumulating => _progress.Batch % _plan.Accumulate != 0 && _progress.Batch != _training.Count;

    private void TrainBatch(TrainingBatch batch)
    {
        using var scope = TensorScope.Begin();
        var (input, target) = _plan.Objective.Prepare(batch, _progress.Epoch).To(_plan.Device);
        // A batch too small to be shared is the same in every process, which then has its part of the loss.
        var isShared = _training.IsShared(_progress.Batch);
        using var together = isShared ? _ranks.OneBatch() : null;
        IReadOnlyList<Tensor> outputs;
        using (_plan.Bf16 ? Autograd.Autocast(_plan.Device) : null)
            outputs = _model.Network.ForwardHeads(input);
        // Sums over a million pixels need single precision.
        var loss = _plan.Loss.Compute([.. outputs.Select(output => output.To(DType.Float32))], target);
        var value = loss.Total.ToDouble();
        if (!double.IsFinite(value))
            throw new TrainingException(
                $"the loss is {value} in epoch {_progress.Epoch + 1}, batch {_progress.Batch + 1}; {(File.Exists(LastPath) ? "the last good checkpoint is " + LastPath : "there is no checkpoint yet")}; try a lower learning rate");
        var part = 1.0 / (_plan.Accumulate * (isShared ? 1 : _ranks.Count));
        (part == 1 ? loss.Total : loss.Total * part).Backward();
        _progress = _progress with { Batch = _progress.Batch + 1 };
        if (!IsAccumulating)
            Step(loss, value, outputs[0]);
    }

    private void Step(LossValue loss, double value, Tensor output)
    {
        _ranks.SumGradients(_optimizer);
        var norm = _optimizer.ClipGradients(_plan.ClipNorm ?? double.PositiveInfinity);
        _optimizer.Step();
        _optimizer.ZeroGrad();
        _average?.Update(_progress.Step);
        _progress = _progress with { Step = _progress.Step + 1 };
        var values = new Dictionary<string, double>
        {
            ["epoch"] = _progress.Epoch + 1,
            ["learning_rate"] = _progress.LearningRate,
            ["train/loss"] = value,
            ["train/grad_norm"] = norm,
        };
        if (_plan.Objective is WrinkleObjective)
            values["train/pos_ratio"] = Logits.Wrinkle(output).Greater(0).To(DType.Float32).Mean().ToDouble();
        foreach (var (name, part) in loss.Parts)
            values[$"train/{name}"] = part.ToDouble();
        Track(values);
    }

    private void EndEpoch(CancellationToken cancellationToken)
    {
        try
        {
            using (_average?.Use())
                Validate(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Goes on with the validation.
            SaveCheckpoint();
            throw;
        }
        if (_progress.Batch == _training.Count)
            _progress = _progress with { Epoch = _progress.Epoch + 1, Batch = 0 };
        SaveCheckpoint();
    }

    private void Validate(CancellationToken cancellationToken)
    {
        Validation? validation = null;
        var isBest = true;
        if (_validation is not null)
        {
            var (loss, score) = _ranks.FromLeader(() =>
            {
                validation = Validation.Run(
                    _model.Network, _validation, _plan.Objective, _plan.Loss, _plan.Device, cancellationToken);
                return (validation.Loss, validation.Score);
            });
            isBest = _progress.BestScore is not { } best || score > best || double.IsNaN(best);
            _progress = _progress with { ValidationLoss = loss };
            if (isBest)
                _progress = _progress with { BestScore = score, BestEpoch = _progress.Epoch };
        }
        if (validation is not null)
            Track(Scores(validation));
        if (!isBest)
            return;
        Guard(() => _model.Save(Path.Combine(_folder, BestFile)));
        if (validation?.Scores is WrinkleScores scores)
            Guard(() => Show(RunImages.Save(_folder, _progress.Epoch + 1, scores)));
    }

    private void Show(IReadOnlyList<(string Name, byte[] Png, int Side)> pictures)
    {
        foreach (var tracker in _trackers)
            foreach (var (name, png, side) in pictures)
                tracker.Picture(_progress.Step, $"val/{name}", png, side, side);
    }

    private Dictionary<string, double> Scores(Validation validation)
    {
        var scores = validation.Scores?.Values.ToDictionary() ?? [];
        scores["val/epoch"] = _progress.Epoch + 1;
        scores["val/total_loss"] = validation.Loss;
        scores[validation.Scores is null ? "best_val_loss" : "best_val_iou"] = validation.Scores is null
            ? -(_progress.BestScore ?? double.NaN)
            : _progress.BestScore ?? double.NaN;
        scores["best_val_epoch"] = _progress.BestEpoch + 1;
        return scores;
    }

    private bool HasLostPatience() =>
        _plan.Patience is { } patience
            && _progress.BestScore is not null
            && _progress.Epoch - 1 - _progress.BestEpoch >= patience;

    private void SetLearningRate()
    {
        // An epoch that is gone on with keeps its rate: schedules that count would count it twice.
        if (_progress.Batch == 0)
            _progress = _progress with
            {
                LearningRate = _schedule.LearningRate(_progress.Epoch, _progress.ValidationLoss)
            };
        foreach (var group in _optimizer.Groups)
            group.LearningRate = _progress.LearningRate * group.RateFactor;
    }

    private void SaveCheckpoint()
    {
        Guard(() => TrainingCheckpoint.Save(LastPath, _model.Network, _optimizer, _schedule, _average, _progress));
        foreach (var tracker in _trackers)
            Guard(tracker.Flush);
    }

    private void Track(IReadOnlyDictionary<string, double> values)
    {
        foreach (var tracker in _trackers)
            Guard(() => tracker.Scalars(_progress.Step, values));
    }

    // Files are the leader's: the other processes have nothing to say that it does not know.
    private void Guard(Action write)
    {
        if (!_ranks.IsLeader)
            return;
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                $"the run's folder {_folder} cannot be written ({error.Message}); the last good checkpoint stays",
                error);
        }
    }
}
