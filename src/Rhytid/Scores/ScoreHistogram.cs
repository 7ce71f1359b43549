using Rhytid.Imaging;

namespace Rhytid.Scores;

/// <summary>
/// How many pixels of either class have which wrinkle probability, in 65,536 bins. Everything that follows from
/// probabilities and truth can be computed from it, for one photo or, after <see cref="Add(ScoreHistogram)"/>, for a
/// thousand together.
/// </summary>
/// <remarks>
/// Bin <c>k</c> stands for the probability <c>k / 65,535</c>: maps of 8 and of 16 bits keep every one of their values.
/// </remarks>
public sealed class ScoreHistogram
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 65_536;

    private const int LevelsPerByte = 257;

    private readonly long[] _positives = new long[Bins];
    private readonly long[] _negatives = new long[Bins];

    /// <summary>Wrinkle pixels by bin.</summary>
    public ReadOnlySpan<long> Positives => _positives;

    /// <summary>Other pixels by bin.</summary>
    public ReadOnlySpan<long> Negatives => _negatives;

    /// <summary>How many wrinkle pixels there are.</summary>
    public long PositiveCount { get; private set; }

    /// <summary>How many other pixels there are.</summary>
    public long NegativeCount { get; private set; }

    /// <summary>
    /// Area under the ROC curve: how often a wrinkle pixel has a higher probability than another pixel, ties counting
    /// half. NaN where one class has no pixel.
    /// </summary>
    public double Auc
    {
        get
        {
            if (PositiveCount == 0 || NegativeCount == 0)
                return double.NaN;
            var (below, wins) = (0L, 0.0);
            for (var bin = 0; bin < Bins; bin++)
            {
                wins += _positives[bin] * (below + (_negatives[bin] / 2.0));
                below += _negatives[bin];
            }
            return wins / PositiveCount / NegativeCount;
        }
    }

    /// <summary>The bin of a probability; what lies outside 0 to 1 counts as 0 or 1.</summary>
    public static int BinOf(double probability) => (int)Math.Round(Math.Clamp(probability, 0, 1) * (Bins - 1));

    /// <summary>The probability that a bin stands for.</summary>
    public static double ProbabilityOf(int bin) => bin / (double)(Bins - 1);

    /// <summary>Counts the pixels of a map of 16 bits, 65,535 being certain.</summary>
    /// <param name="map">Wrinkle probabilities.</param>
    /// <param name="truth">What an annotator says.</param>
    /// <param name="scored">Where pixels count; everywhere unless given.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static ScoreHistogram Compute(Plane<ushort> map, Mask truth, Mask? scored = null) =>
        Compute(map, truth, scored, static level => level);

    /// <summary>Counts the pixels of a map of 8 bits, 255 being certain.</summary>
    /// <inheritdoc cref="Compute(Plane{ushort}, Mask, Mask?)"/>
    public static ScoreHistogram Compute(Plane<byte> map, Mask truth, Mask? scored = null) =>
        Compute(map, truth, scored, static level => level * LevelsPerByte);

    /// <summary>Counts the pixels of a map of probabilities, each rounded to the nearest bin.</summary>
    /// <inheritdoc cref="Compute(Plane{ushort}, Mask, Mask?)"/>
    public static ScoreHistogram Compute(Plane<float> map, Mask truth, Mask? scored = null) =>
        Compute(map, truth, scored, static probability => BinOf(probability));

    /// <summary>Adds the pixels of another photo.</summary>
    public void Add(ScoreHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var bin = 0; bin < Bins; bin++)
        {
            _positives[bin] += other._positives[bin];
            _negatives[bin] += other._negatives[bin];
        }
        PositiveCount += other.PositiveCount;
        NegativeCount += other.NegativeCount;
    }

    private static ScoreHistogram Compute<T>(Plane<T> map, Mask truth, Mask? scored, Func<T, int> binOf)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(truth);
        SameSize.Require(truth, map, "map");
        SameSize.Require(truth, scored, "scored region");
        var histogram = new ScoreHistogram();
        var levels = map.Samples;
        var isWrinkle = truth.Samples;
        for (var i = 0; i < levels.Length; i++)
            if (scored is null || scored.Samples[i] != 0)
                (isWrinkle[i] != 0 ? histogram._positives : histogram._negatives)[binOf(levels[i])]++;
        foreach (var count in histogram._positives)
            histogram.PositiveCount += count;
        foreach (var count in histogram._negatives)
            histogram.NegativeCount += count;
        return histogram;
    }
}
