using System.Globalization;

namespace Rhytid.Training.Evaluation;

/// <summary>One score of a mask.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="Of">Its value; NaN where it is undefined.</param>
/// <param name="IsOverlap">Whether it compares wrinkles only, so that two empty masks leave it without meaning
/// (<see cref="EmptyCase"/>).</param>
public sealed record MaskScore(string Name, string Key, Func<MaskCounts, double> Of, bool IsOverlap = false)
{
    /// <summary>The first of all scores: what papers compare by.</summary>
    public const string JsiKey = "jsi";

    /// <summary>
    /// The strict scores, then F1, precision and recall with each tolerance, then those of centre lines.
    /// </summary>
    public static IReadOnlyList<MaskScore> All(EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            new("JSI (IoU)", JsiKey, counts => counts.Pixels.Jsi, IsOverlap: true),
            new("F1 (Dice)", "f1", counts => counts.Pixels.F1, IsOverlap: true),
            new("precision", "precision", counts => counts.Pixels.Precision),
            new("recall", "recall", counts => counts.Pixels.Recall),
            new("specificity", "specificity", counts => counts.Pixels.Specificity),
            new("accuracy", "accuracy", counts => counts.Pixels.Accuracy),
            .. options.Tolerances.SelectMany(Tolerant),
            .. options.CenterLine ? CenterLine : [],
        ];
    }

    private static IEnumerable<MaskScore> Tolerant(int tolerance, int place)
    {
        var pixels = tolerance.ToString(CultureInfo.InvariantCulture);
        return
        [
            new($"F1, {pixels} px", $"f1_{pixels}px", counts => counts.Tolerant[place].F1, IsOverlap: true),
            new($"precision, {pixels} px", $"precision_{pixels}px", counts => counts.Tolerant[place].Precision),
            new($"recall, {pixels} px", $"recall_{pixels}px", counts => counts.Tolerant[place].Recall),
        ];
    }

    private static IReadOnlyList<MaskScore> CenterLine { get; } =
    [
        new("clDice", "cldice", counts => counts.CenterLine!.Value.Dice, IsOverlap: true)
    ];
}
