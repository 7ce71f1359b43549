using System.Diagnostics;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Cli.Commands.Training;

/// <summary>Says how a run goes: a line now and then, and one for each validation.</summary>
internal sealed class TrainingLines(int epochs, int batches) : ITracker
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next;
    private long _firstStep = -1;

    public void Scalars(long step, IReadOnlyDictionary<string, double> values)
    {
        if (values.TryGetValue("val/iou", out var jsi))
            Messages.Info(string.Create(CultureInfo.InvariantCulture, $"epoch {values["val/epoch"]:0}/{epochs}: validation JSI {jsi:0.0000}, F1 {values["val/f1"]:0.0000}, loss {values["val/total_loss"]:0.0000}; best {values["best_val_iou"]:0.0000} in epoch {values["best_val_epoch"]:0}"));
        else if (values.TryGetValue("val/mean_iou", out var classes))
            Messages.Info(string.Create(CultureInfo.InvariantCulture, $"epoch {values["val/epoch"]:0}/{epochs}: validation mean IoU of classes {classes:0.0000}, loss {values["val/total_loss"]:0.0000}; best {values["best_val_iou"]:0.0000} in epoch {values["best_val_epoch"]:0}"));
        else if (values.TryGetValue("val/total_loss", out var lossOfAll))
            Messages.Info(string.Create(CultureInfo.InvariantCulture, $"epoch {values["val/epoch"]:0}/{epochs}: validation loss {lossOfAll:0.000000}; best {values["best_val_loss"]:0.000000} in epoch {values["best_val_epoch"]:0}"));
        if (!values.TryGetValue("train/loss", out var loss))
            return;
        if (_firstStep < 0)
            _firstStep = step - 1;
        if (_watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + BetweenLines;
        var left = _watch.Elapsed / (step - _firstStep) * Math.Max(0, ((long)epochs * batches) - step);
        Messages.Info(string.Create(CultureInfo.InvariantCulture, $"epoch {values["epoch"]:0}/{epochs}, step {step}: loss {loss:0.0000}, learning rate {values["learning_rate"]:0.0e+0}, {left:d\\.hh\\:mm\\:ss} left"));
    }

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
