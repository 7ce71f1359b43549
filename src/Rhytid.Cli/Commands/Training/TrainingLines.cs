using System.Diagnostics;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Cli.Commands.Training;

/// <summary>Prints a line on the progress every ten seconds, and one for each validation.</summary>
internal sealed class TrainingLines : IRunLogger
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private RunShape _shape = new(0, 1, 0);
    private TimeSpan _next;

    public void Start(RunShape shape) => _shape = shape;

    public void Log(LogEntry entry)
    {
        if (entry is ValidationLog validation)
            Messages.Info(
                $"epoch {entry.Epoch}/{_shape.Epochs}: validation {Scores(validation)} "
                + $"in epoch {validation.BestEpoch}");
        if (entry is not StepLog step || _watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + BetweenLines;
        var stepsLeft = Math.Max(0, ((long)_shape.Epochs * _shape.Steps) - step.Step);
        var left = TimeSpan.FromSeconds(stepsLeft * ((double)_shape.Samples / _shape.Steps) / step.ImagesPerSecond);
        Messages.Info(string.Create(
            Invariant,
            $"epoch {step.Epoch}/{_shape.Epochs}, step {step.Step}: loss {step.Loss:0.0000}, "
            + $"learning rate {step.LearningRate:0.0e+0}, {step.ImagesPerSecond:0.0} images/s, "
            + $"{Environment.WorkingSet / 1e9:0.0} GB, {Left(left)} left"));
    }

    private static string Scores(ValidationLog entry)
    {
        if (entry.Metrics is not { } scores)
            return string.Create(Invariant, $"loss {entry.Loss:0.000000}; best {-entry.BestScore:0.000000}");
        var named = scores.TryGetValue("val/iou", out var jsi)
            ? string.Create(Invariant, $"JSI {jsi:0.0000}, F1 {scores["val/f1"]:0.0000}")
            : string.Create(Invariant, $"mean IoU of classes {scores["val/mean_iou"]:0.0000}");
        return string.Create(Invariant, $"{named}, loss {entry.Loss:0.0000}; best {entry.BestScore:0.0000}");
    }

    private static string Left(TimeSpan time) =>
        time.ToString(time.TotalDays >= 1 ? @"d\ \d\a\y\s\ hh\:mm\:ss" : @"hh\:mm\:ss", Invariant);
}
