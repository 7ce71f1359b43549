using System.Diagnostics;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Optim;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;
using Rhytid.Training.Runs.Tracking;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Runs;

/// <summary>
/// Trains a network; <see cref="Fit"/> is the whole story. On the CPU a resumed run gives the same bytes as one that
/// was never stopped. Several processes that each run this loop train as one.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>The checkpoint to resume from, in the run's folder.</summary>
    public const string LastFile = "last.safetensors";

    /// <summary>The network of the best epoch, for use.</summary>
    public const string BestFile = "best.safetensors";

    private readonly TrainingPlan _plan;
    private readonly ModelFile _model;
    private readonly TrainingBatches _training;
    private readonly ValidationBatches? _validation;
    private readonly string _folder;
    private readonly ISchedule _schedule;
    private readonly Optimizer _optimizer;
    private readonly Ema? _ema;
    private readonly DistributedContext _context;
    private IReadOnlyList<IRunLogger> _loggers = [];

    /// <summary>Prepares a run.</summary>
    /// <param name="plan">How to train.</param>
    /// <param name="model">The network; not disposed with the loop.</param>
    /// <param name="training">Training batches.</param>
    /// <param name="validation">Validation batches, which choose the best epoch; null keeps the last.</param>
    /// <param name="folder">The run's folder; made when missing.</param>
    public TrainingLoop(
        TrainingPlan plan, ModelFile model, TrainingBatches training, ValidationBatches? validation, string folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        (_plan, _model, _training, _validation, _folder) = (plan, model, training, validation, folder);
        _context = new DistributedContext(plan.Group, plan.Device);
        if (_context.IsLeader)
            Directory.CreateDirectory(folder);
        model.Network.Parameters.To(plan.Device);
        _context.ShareWeights(model.Network.Parameters);
        model.Network.FreezeEncoder(plan.FreezeEncoder);
        _schedule = plan.Schedule();
        _optimizer = plan.Optimizer(model.Network.Parameters.Parameters, _schedule.LearningRate(0));
        _ema = plan.EmaDecay is { } decay ? new Ema(model.Network, decay) : null;
        TorchRuntime.Seed((ulong)plan.Seed);
    }

    /// <summary>How far the run has come.</summary>
    public TrainingProgress Progress { get; private set; } = new();

    private string LastPath => Path.Combine(_folder, LastFile);

    /// <summary>Restores the folder's checkpoint.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TrainingException">The checkpoint is of another run.</exception>
    public bool Resume()
    {
        if (!File.Exists(LastPath))
            return false;
        Progress = TrainingCheckpoint.Restore(LastPath, _model.Network, _optimizer, _schedule, _ema);
        return true;
    }

    /// <summary>Trains to the last epoch, or until early stopping or the time limit ends the run.</summary>
    /// <param name="loggers">Receive the log; not disposed.</param>
    /// <param name="epochs">Number of epochs, those before a resumption included; null for the plan's.</param>
    /// <param name="cancellationToken">Stops after the current step; a checkpoint is saved first.</param>
    /// <exception cref="TrainingException">The loss is not finite, or a file cannot be written; the last good
    /// checkpoint stays.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public FitResult Fit(
        IReadOnlyList<IRunLogger>? loggers = null, int? epochs = null, CancellationToken cancellationToken = default)
    {
        var (plan, network, progress) = (_plan, _model.Network, Progress);
        var lastEpoch = epochs ?? plan.Epochs;
        var (clock, images) = (Stopwatch.StartNew(), 0L);
        bool IsTimeUp() => plan.Budget is { } budget && _context.Any(clock.Elapsed > budget);

        network.Parameters.Train();
        network.Parameters.FreezesBatchNorm = plan.FreezeBatchNorm;
        _context.RequireSame(progress);
        Start(loggers ?? [], lastEpoch);
        try
        {
            while (progress.Epoch < lastEpoch)
            {
                if (IsPatienceOver(progress))
                    return Result(FitEnd.EarlyStopping);

                // A resumed epoch keeps its learning rate: schedules that count epochs would count it twice.
                if (progress.Batch == 0)
                    progress.LearningRate = _schedule.LearningRate(progress.Epoch, progress.ValidationLoss);
                foreach (var group in _optimizer.Groups)
                    group.LearningRate = progress.LearningRate * group.RateFactor;

                var (epochClock, waited) = (Stopwatch.StartNew(), _training.Waited);
                foreach (var batch in _training.Epoch(progress.Epoch, progress.Batch))
                {
                    using var batchMemory = batch;
                    using var scope = TensorScope.Begin(CancellationToken.None);
                    var (inputs, targets) = plan.Objective.Prepare(batch, progress.Epoch).To(plan.Device);

                    // Forward and backward. A batch too small to be shared is whole in every process, each of which
                    // then contributes its part of the gradient.
                    var isShared = _training.IsShared(progress.Batch);
                    var fraction = 1.0 / (plan.Accumulate * (isShared ? 1 : _context.Count));
                    using var sharedBatch = isShared ? _context.OneBatch() : null;
                    IReadOnlyList<Tensor> outputs;
                    using (plan.Bf16 ? Autograd.Autocast(plan.Device) : null)
                        outputs = network.ForwardHeads(inputs);
                    // In single precision, which sums over a million pixels need.
                    var loss = plan.Loss.Compute([.. outputs.Select(output => output.To(DType.Float32))], targets);
                    var lossValue = RequireFinite(loss.Total.ToDouble());
                    (fraction == 1 ? loss.Total : loss.Total * fraction).Backward();
                    images += _training.SizeOf(progress.Batch);
                    progress.Batch++;
                    if (progress.Batch % plan.Accumulate != 0 && progress.Batch != _training.Count)
                        continue;

                    // Optimizer step.
                    _context.SumGradients(_optimizer);
                    var gradNorm = _optimizer.ClipGradients(plan.ClipNorm ?? double.PositiveInfinity);
                    _optimizer.Step();
                    _optimizer.ZeroGrad();
                    _ema?.Update(progress.Step);
                    progress.Step++;
                    Log(() => new StepLog(
                        progress.Epoch + 1, progress.Step, progress.LearningRate, lossValue, gradNorm,
                        images / clock.Elapsed.TotalSeconds)
                    {
                        Monitored = plan.Objective.Monitor(outputs[0]),
                        Parts = loss.Parts.ToDictionary(part => part.Key, part => part.Value.ToDouble()),
                    });
                    if (IsTimeUp())
                        break;
                    if (_context.Any(cancellationToken.IsCancellationRequested))
                        throw new OperationCanceledException(cancellationToken);
                }
                Log(() => new EpochLog(
                    progress.Epoch + 1, progress.Step, epochClock.Elapsed,
                    (_training.Waited - waited) / epochClock.Elapsed));

                // Validation of the averaged weights, if they are averaged; the best ones are saved for use.
                using (_ema?.Use())
                {
                    var validation = Validate(cancellationToken);
                    var isBest = validation is null || progress.BestScore is not { } best || validation.Score > best
                        || double.IsNaN(best);
                    if (validation is not null)
                    {
                        progress.ValidationLoss = validation.Loss;
                        if (isBest)
                            (progress.BestScore, progress.BestEpoch) = (validation.Score, progress.Epoch);
                        Log(() => new ValidationLog(
                            progress.Epoch + 1, progress.Step, validation.Loss, validation.Metric?.Values,
                            progress.BestScore ?? double.NaN, progress.BestEpoch + 1));
                    }
                    if (isBest)
                        SaveBest(validation?.Metric);
                }

                if (progress.Batch == _training.Count)
                    (progress.Epoch, progress.Batch) = (progress.Epoch + 1, 0);
                SaveCheckpoint();
                // Asked last, so that every call takes at least one step.
                if (IsTimeUp())
                    return Result(FitEnd.TimeLimit);
            }
            return Result(FitEnd.LastEpoch);
        }
        catch (OperationCanceledException)
        {
            // After a step or before a validation; either is taken up again when the run is resumed.
            SaveCheckpoint();
            throw;
        }
    }

    /// <summary>Frees the memory of optimizer and moving average.</summary>
    public void Dispose()
    {
        _optimizer.Dispose();
        _ema?.Dispose();
    }

    private FitResult Result(FitEnd end) =>
        Progress.BestScore is { } best
            ? new(Progress.Epoch, Progress.Step, best, Progress.BestEpoch + 1, end)
            : new(Progress.Epoch, Progress.Step, null, null, end);

    private bool IsPatienceOver(TrainingProgress progress) =>
        _plan.Patience is { } patience
            && progress.BestScore is not null
            && progress.Epoch - 1 - progress.BestEpoch >= patience;

    private double RequireFinite(double loss) => double.IsFinite(loss)
        ? loss
        : throw new TrainingException(
            $"the loss is {loss} in epoch {Progress.Epoch + 1}, batch {Progress.Batch + 1}; "
            + (File.Exists(LastPath) ? $"the last good checkpoint is {LastPath}" : "there is no checkpoint yet")
            + "; try a lower learning rate");

    // The leader validates; the other processes receive its numbers.
    private Validation? Validate(CancellationToken cancellationToken)
    {
        if (_validation is null)
            return null;
        IMetric? metric = null;
        var (loss, score) = _context.FromLeader(() =>
        {
            var validation = Validation.Run(
                _model.Network, _validation, _plan.Objective, _plan.Loss, _plan.Device, cancellationToken);
            metric = validation.Metric;
            return (validation.Loss, validation.Score);
        });
        return new Validation(loss, score, metric);
    }

    private void SaveBest(IMetric? metric) => Write(() =>
    {
        _model.Save(Path.Combine(_folder, BestFile));
        if (metric is null)
            return;
        foreach (var (name, png, side) in RunImages.Save(_folder, Progress.Epoch + 1, metric))
            foreach (var logger in _loggers)
                logger.Picture(Progress.Step, $"val/{name}", png, side, side);
    });

    private void SaveCheckpoint() => Write(() =>
    {
        TrainingCheckpoint.Save(LastPath, _model.Network, _optimizer, _schedule, _ema, Progress);
        foreach (var logger in _loggers)
            logger.Flush();
    });

    private void Start(IReadOnlyList<IRunLogger> loggers, int epochs)
    {
        _loggers = loggers;
        var steps = (_training.Count + _plan.Accumulate - 1) / _plan.Accumulate;
        foreach (var logger in loggers)
            logger.Start(new RunShape(epochs, steps, _training.Ids.Count));
    }

    private void Log(Func<LogEntry> make) => Write(() =>
    {
        var entry = make();
        foreach (var logger in _loggers)
            logger.Log(entry);
    });

    // The leader alone writes files.
    private void Write(Action write)
    {
        if (!_context.IsLeader)
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

/// <summary>The outcome of a run.</summary>
/// <param name="Epochs">Epochs completed, those before a resumption included.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="BestScore">The best validation score: the metric's, or the negative loss; null without
/// validation.</param>
/// <param name="BestEpoch">The epoch that had it, from 1; null without validation.</param>
/// <param name="End">Why the run ended.</param>
public sealed record FitResult(int Epochs, long Steps, double? BestScore, int? BestEpoch, FitEnd End);

/// <summary>Why a run ended.</summary>
public enum FitEnd
{
    /// <summary>All epochs are done.</summary>
    LastEpoch,

    /// <summary>The validation score did not improve for as many epochs as the patience allows.</summary>
    EarlyStopping,

    /// <summary>The time limit was reached.</summary>
    TimeLimit,
}
