using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>
/// Simultaneous truth and performance level estimation (Warfield, Zou and Wells, 2004): expectation-maximisation finds
/// how well each annotator draws and which pixels are wrinkle, each from the other.
/// </summary>
/// <remarks>
/// The prior is one number for all pixels, as in the paper without a spatial prior, so pixels with the same votes have
/// the same probability and the steps run over patterns of votes instead of pixels. Two annotators are too few: who of
/// them is right when they differ cannot be told.
/// </remarks>
public static class Staple
{
    // The paper's start: everybody is nearly perfect. The first step then is close to a majority vote.
    private const double Start = 0.99999;

    // Keeps a certain "yes" and a certain "no" about the same pixel from becoming 0 / 0.
    private const double Certain = 1e-12;

    /// <summary>The patterns of one picture that the estimate is made from.</summary>
    public static VotePatterns PatternsOf(IReadOnlyList<Mask?> masks, StapleOptions? options = null)
    {
        var votes = new VoteMap(masks);
        return votes.Count(
            (options ?? new StapleOptions()).MarginPixels is { } margin ? Near(votes.Union(), margin) : null);
    }

    /// <summary>Estimates from the patterns of one picture, or of many.</summary>
    /// <param name="patterns">Pixels by pattern.</param>
    /// <param name="annotators">How many annotators there are.</param>
    /// <param name="options">Tolerance and most steps.</param>
    public static StapleEstimate Estimate(VotePatterns patterns, int annotators, StapleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        options ??= new StapleOptions();
        var counts = patterns.Counts.ToArray();
        var prior = Math.Clamp(
            (double)counts.Sum(one => one.Key.VoteCount * one.Value)
                / counts.Sum(one => one.Key.PresentCount * one.Value),
            Certain, 1 - Certain);
        var sensitivity = Enumerable.Repeat(Start, annotators).ToArray();
        var specificity = Enumerable.Repeat(Start, annotators).ToArray();
        if (counts.All(one => one.Key.VoteCount == 0))
            return new StapleEstimate
            {
                Sensitivity = Unknown(annotators),
                Specificity = Unknown(annotators),
                Prior = 0,
                Iterations = 0,
                Converged = true
            };

        var step = 0;
        var change = double.PositiveInfinity;
        while (step < options.MaxIterations && change > options.Tolerance)
        {
            step++;
            var wrinkle = counts.Select(one => Posterior(one.Key, prior, sensitivity, specificity)).ToArray();
            change = 0;
            for (var j = 0; j < annotators; j++)
            {
                var bit = 1u << j;
                change = Math.Max(change, Update(ref sensitivity[j], counts, bit, i => wrinkle[i], marked: true));
                change = Math.Max(change, Update(ref specificity[j], counts, bit, i => 1 - wrinkle[i], marked: false));
            }
        }
        for (var j = 0; j < annotators; j++)
            if (counts.All(one => (one.Key.Present & (1u << j)) == 0))
                sensitivity[j] = specificity[j] = double.NaN;
        return new StapleEstimate
        {
            Sensitivity = sensitivity,
            Specificity = specificity,
            Prior = prior,
            Iterations = step,
            Converged = change <= options.Tolerance
        };
    }

    /// <summary>How likely a pixel is wrinkle, given who marked it and how well they draw.</summary>
    internal static double Posterior(
        VotePattern pattern, double prior, IReadOnlyList<double> sensitivity, IReadOnlyList<double> specificity)
    {
        if (prior == 0)
            return 0;
        List<double> ifWrinkle = [prior];
        List<double> ifNot = [1 - prior];
        for (var j = 0; j < sensitivity.Count; j++)
        {
            if ((pattern.Present & (1u << j)) == 0)
                continue;
            var marked = (pattern.Votes & (1u << j)) != 0;
            ifWrinkle.Add(marked ? sensitivity[j] : 1 - sensitivity[j]);
            ifNot.Add(marked ? 1 - specificity[j] : specificity[j]);
        }
        var (yes, no) =
            (InOrder(ifWrinkle).Aggregate((product, factor) => product * factor),
                InOrder(ifNot).Aggregate((product, factor) => product * factor));
        return yes / (yes + no);
    }

    // The share of an annotator's pixels, weighted by how likely they are of the kind in question, on which he is
    // right.
    private static double Update(
        ref double share, KeyValuePair<VotePattern, long>[] counts, uint bit, Func<int, double> weight, bool marked)
    {
        List<double> right = [];
        List<double> all = [];
        for (var i = 0; i < counts.Length; i++)
        {
            if ((counts[i].Key.Present & bit) == 0)
                continue;
            var pixels = weight(i) * counts[i].Value;
            all.Add(pixels);
            if ((counts[i].Key.Votes & bit) != 0 == marked)
                right.Add(pixels);
        }
        var total = InOrder(all).Sum();
        if (total == 0)
            return 0;
        var before = share;
        share = Math.Clamp(InOrder(right).Sum() / total, Certain, 1 - Certain);
        return Math.Abs(share - before);
    }

    // Rounding depends on the order of numbers, and a rounding error can grow over the steps: in the order of size the
    // result is the same to the last bit, whichever annotator comes first.
    private static List<double> InOrder(List<double> numbers)
    {
        numbers.Sort();
        return numbers;
    }

    private static double[] Unknown(int annotators) => [.. Enumerable.Repeat(double.NaN, annotators)];

    private static Mask? Near(Mask marked, int margin)
    {
        if (marked.Count() == 0)
            return null;
        var distance = marked.Invert().Distance();
        return Mask.Where(distance, pixels => pixels <= margin);
    }
}

/// <summary>What <see cref="Staple"/> found out about the annotators, and with it about each pixel.</summary>
public sealed record StapleEstimate
{
    // Equally good annotators who contradict each other give exactly one half but for rounding; a tie counts as wrinkle
    // in any order.
    private const double Half = 0.5 - 1e-9;

    /// <summary>Share of the true wrinkle pixels that each annotator marked; NaN where it cannot be known.</summary>
    public required IReadOnlyList<double> Sensitivity { get; init; }

    /// <summary>
    /// Share of the true background that each annotator left alone, within the region that counts; NaN where it cannot
    /// be known.
    /// </summary>
    public required IReadOnlyList<double> Specificity { get; init; }

    /// <summary>How likely a pixel is wrinkle before anybody is asked: the share of marks.</summary>
    public required double Prior { get; init; }

    /// <summary>Steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the steps had become small before the most of them were taken.</summary>
    public required bool Converged { get; init; }

    /// <summary>How likely a pixel is wrinkle, given who marked it.</summary>
    public double ProbabilityOf(VotePattern pattern) => Staple.Posterior(pattern, Prior, Sensitivity, Specificity);

    /// <summary>
    /// The pixels that are wrinkle with a probability of at least one half. Pixels that nobody marked never are.
    /// </summary>
    public Mask MaskOf(IReadOnlyList<Mask?> masks) =>
        Mask.Where(
            new VoteMap(masks).Paint(pattern => ProbabilityOf(pattern) >= Half ? Mask.Set : (byte)0),
            level => level != 0);

    /// <summary>The probabilities as grey levels, 255 p rounded; 0 where nobody marked anything.</summary>
    public Plane<byte> ProbabilityMapOf(IReadOnlyList<Mask?> masks) =>
        new VoteMap(masks).Paint(
            pattern => (byte)Math.Round(ProbabilityOf(pattern) * byte.MaxValue, MidpointRounding.AwayFromZero));
}

/// <summary>Settings of <see cref="Staple"/>.</summary>
public sealed record StapleOptions
{
    /// <summary>
    /// Pixels farther than this from everything that anybody marked are left out of the estimate; null counts the whole
    /// picture.
    /// </summary>
    /// <remarks>
    /// Wrinkles cover half a percent of a photo: over all of it everybody's specificity is above 0.99 and tells nobody
    /// apart, near the marks it does. The fused mask depends on it little: the larger the region, the more pixels with
    /// few votes it keeps (4 % more over the whole picture than with 10 pixels, on 87 photos). With no margin there is
    /// no background left to judge by.
    /// </remarks>
    public int? MarginPixels { get; init; } = 10;

    /// <summary>
    /// The estimate has converged when no sensitivity or specificity moves by more than this in a step.
    /// </summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The most steps.</summary>
    public int MaxIterations { get; init; } = 2000;
}
