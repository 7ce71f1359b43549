using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Training.Evaluation;

/// <summary>Everything that is counted of a predicted and a manual mask, for one photo or for many together.</summary>
/// <param name="Pixels">Pixel by pixel.</param>
/// <param name="Tolerant">With a partner nearby, for each tolerance.</param>
/// <param name="CenterLine">Of centre lines, where they were asked for.</param>
public sealed record MaskCounts(
    ConfusionCounts Pixels, IReadOnlyList<TolerantCounts> Tolerant, CenterLineDice? CenterLine)
{
    /// <summary>Whether there is no wrinkle in either mask: then overlap has no meaning of its own.</summary>
    public bool BothEmpty => Pixels.TruePositives + Pixels.FalsePositives + Pixels.FalseNegatives == 0;

    /// <summary>Counts two masks of one size.</summary>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says.</param>
    /// <param name="scored">Where pixels count; everywhere unless given.</param>
    /// <param name="options">What to count.</param>
    public static MaskCounts Count(Mask predicted, Mask truth, Mask? scored, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MaskCounts(
            ConfusionCounts.Count(predicted, truth, scored),
            options.Tolerances.Count == 0 ? [] : TolerantCounts.Count(predicted, truth, options.Tolerances, scored),
            options.CenterLine ? CenterLineDice.Compute(predicted, truth, scored) : null);
    }

    /// <summary>Counts of photos together.</summary>
    public static MaskCounts operator +(MaskCounts a, MaskCounts b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new MaskCounts(
            a.Pixels + b.Pixels, [.. a.Tolerant.Zip(b.Tolerant, TolerantCounts.Add)], a.CenterLine + b.CenterLine);
    }

    /// <summary>Counts of photos together.</summary>
    public static MaskCounts Add(MaskCounts left, MaskCounts right) => left + right;
}
