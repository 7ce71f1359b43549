using System.Diagnostics;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Cli.Commands.Training;

/// <summary>Says how a run goes: a line now and then, and one for each validation.</summary>
internal sealed class TrainingLines(RunShape shape) : ITracker
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next;
    private long _firstStep = -1;

    public void Scalars(long step, IReadOnlyDictionary<string, double> values)
    {
        if (values.TryGetValue("val/iou", out var jsi))
            Messages.Info(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {values["val/epoch"]:0}/{shape.Epochs}: validation JSI {jsi:0.0000}, F1 {values["val/f1"]:0.0000}, loss {values["val/total_loss"]:0.0000}; best {values["best_val_iou"]:0.0000} in epoch {values["best_val_epoch"]:0}"));
        else if (values.TryGetValue("val/mean_iou", out var classes))
            Messages.Info(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {values["val/epoch"]:0}/{shape.Epochs}: validation mean IoU of classes {classes:0.0000}, loss {values["val/total_loss"]:0.0000}; best {values["best_val_iou"]:0.0000} in epoch {values["best_val_epoch"]:0}"));
        else if (values.TryGetValue("val/total_loss", out var lossOfAll))
            Messages.Info(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {values["val/epoch"]:0}/{shape.Epochs}: validation loss {lossOfAll:0.000000}; best {values["best_val_loss"]:0.000000} in epoch {values["best_val_epoch"]:0}"));
        if (!values.TryGetValue("train/loss", out var loss))
            return;
        if (_firstStep < 0)
            _firstStep = step - 1;
        if (_watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + BetweenLines;
        var each = _watch.Elapsed / (step - _firstStep);
        var left = each * Math.Max(0, ((long)shape.Epochs * shape.Steps) - step);
        var speed = shape.Samples / (shape.Steps * each.TotalSeconds);
        Messages.Info(
            string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {values["epoch"]:0}/{shape.Epochs}, step {step}: loss {loss:0.0000}, learning rate {values["learning_rate"]:0.0e+0}, {speed:0.0} images/s, {Environment.WorkingSet / 1e9:0.0} GB, {Left(left)} left"));
    }

    private static string Left(TimeSpan time) =>
        time.ToString(time.TotalDays >= 1 ? @"d\ \d\a\y\s\ hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    public void Picture(long step, string name, ReadOnlyMemory<byte> png, int width, int height)
    {
    }

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
