using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Annotators;

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
