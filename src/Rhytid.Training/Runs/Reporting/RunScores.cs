using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>How far a run came and how good it became, from its log.</summary>
/// <param name="StepsPerEpoch">Optimizer steps of an epoch, or null before the end of the first.</param>
/// <param name="LastStep">Steps taken.</param>
/// <param name="LastEpoch">The epoch that was logged last, from 1; null where none was.</param>
/// <param name="BestEpoch">The epoch with the best validation, from 1; null without validation.</param>
/// <param name="Best">All validation values of that epoch by name.</param>
public sealed record RunScores(
    double? StepsPerEpoch, long LastStep, int? LastEpoch, int? BestEpoch, IReadOnlyDictionary<string, double> Best)
{
    private const string Epoch = "epoch";
    private const string ValidationEpoch = "val/epoch";
    private const string BestValidationEpoch = "best_val_epoch";
    private const string Jsi = "val/iou";
    private const string Loss = "val/total_loss";

    /// <summary>Reads them off a log.</summary>
    public static RunScores From(MetricsFile metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var validations = metrics.Lines.Where(line => line.Values.ContainsKey(ValidationEpoch)).ToList();
        var best = BestOf(validations);
        var lastEpoch =
            metrics.Lines.Select(
                line => line.Values.TryGetValue(ValidationEpoch, out var epoch)
                    || line.Values.TryGetValue(Epoch, out epoch) ? epoch : 0).DefaultIfEmpty(0).Max();
        return new RunScores(
            PerEpoch(metrics, validations),
            metrics.Lines.Select(line => line.Step).DefaultIfEmpty(0).Max(),
            lastEpoch > 0 ? (int)lastEpoch : null,
            best is null ? null : (int)best.Values[ValidationEpoch],
            best?.Values ?? new Dictionary<string, double>());
    }

    // The run knows best what it chose by; logs of other programs are looked through.
    private static MetricsLine? BestOf(List<MetricsLine> validations)
    {
        if (validations.Count > 0 && validations[^1].Values.TryGetValue(BestValidationEpoch, out var chosen)
            && validations.FindLast(line => line.Values[ValidationEpoch] == chosen) is { } known)
            return known;
        double Of(MetricsLine line, string name) => line.Values.GetValueOrDefault(name, double.NaN);
        return validations.Exists(line => line.Values.ContainsKey(Jsi))
            ? validations.Where(line => !double.IsNaN(Of(line, Jsi))).MaxBy(line => Of(line, Jsi))
            : validations.Where(line => !double.IsNaN(Of(line, Loss))).MinBy(line => Of(line, Loss));
    }

    // The first epoch's end is told by its validation, or by the first step of the second.
    private static double? PerEpoch(MetricsFile metrics, List<MetricsLine> validations)
    {
        if (validations.Count > 0
            && validations[0].Values[ValidationEpoch] is >= 1 and var epoch
            && validations[0].Step > 0)
            return validations[0].Step / epoch;
        var second = metrics.Lines.FirstOrDefault(line => line.Values.GetValueOrDefault(Epoch) >= 2);
        return second is { Step: > 1 } ? (second.Step - 1) / (second.Values[Epoch] - 1) : null;
    }
}
