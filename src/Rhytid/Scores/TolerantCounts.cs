using Rhytid.Imaging;

namespace Rhytid.Scores;

/// <summary>
/// Pixels of two masks that have a partner in the other mask within a tolerance: two people who draw the same thin line
/// never hit the same pixels, and a score without tolerance counts that as a different wrinkle.
/// </summary>
/// <param name="PredictedNear">Predicted pixels with a truth pixel within the tolerance.</param>
/// <param name="Predicted">Predicted pixels.</param>
/// <param name="TruthNear">Truth pixels with a predicted pixel within the tolerance.</param>
/// <param name="Truth">Truth pixels.</param>
public readonly record struct TolerantCounts(long PredictedNear, long Predicted, long TruthNear, long Truth)
{
    private const int LargestTolerance = 100;

    /// <summary>Share of the prediction that lies near the truth; 0 where nothing is predicted.</summary>
    public double Precision => Predicted == 0 ? 0 : (double)PredictedNear / Predicted;

    /// <summary>Share of the truth that lies near the prediction; NaN where there is no wrinkle.</summary>
    public double Recall => Truth == 0 ? double.NaN : (double)TruthNear / Truth;

    /// <summary>Harmonic mean of precision and recall; 1 where neither has a wrinkle, 0 where only one has.</summary>
    public double F1
    {
        get
        {
            if (Predicted == 0 || Truth == 0)
                return Predicted == Truth ? 1 : 0;
            var sum = Precision + Recall;
            return sum == 0 ? 0 : 2 * Precision * Recall / sum;
        }
    }

    /// <summary>Counts pixels of two masks of one size.</summary>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says.</param>
    /// <param name="tolerances">Euclidean distances in pixels, 0 to 100; 0 is the same pixel.</param>
    /// <param name="scored">Where pixels exist; a partner outside does not count. Everywhere unless given.</param>
    /// <returns>One for each tolerance, in their order.</returns>
    public static IReadOnlyList<TolerantCounts> Count(
        Mask predicted, Mask truth, IReadOnlyList<int> tolerances, Mask? scored = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(tolerances);
        foreach (var tolerance in tolerances)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(tolerance, nameof(tolerances));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(tolerance, LargestTolerance, nameof(tolerances));
        }
        SameSize.Require(truth, predicted, "prediction");
        if (scored is not null)
            (predicted, truth) = (predicted.And(scored), truth.And(scored));

        var disc = Disc(tolerances.Count == 0 ? 0 : tolerances.Max());
        var fromPredicted = Distances(predicted, truth, disc);
        var fromTruth = Distances(truth, predicted, disc);
        return [.. tolerances.Select(
            tolerance =>
                new TolerantCounts(
                    Within(fromPredicted, tolerance), fromPredicted.Sum(), Within(fromTruth, tolerance),
                    fromTruth.Sum()))];
    }

    /// <summary>Counts of two pictures together.</summary>
    public static TolerantCounts operator +(TolerantCounts a, TolerantCounts b) =>
        new(a.PredictedNear + b.PredictedNear, a.Predicted + b.Predicted, a.TruthNear + b.TruthNear, a.Truth + b.Truth);

    /// <summary>Counts of two pictures together.</summary>
    public static TolerantCounts Add(TolerantCounts left, TolerantCounts right) => left + right;

    // All steps up to a distance, the nearest first.
    private static List<(int Dx, int Dy, int Squared)> Disc(int radius)
    {
        var steps = new List<(int Dx, int Dy, int Squared)>();
        for (var dy = -radius; dy <= radius; dy++)
            for (var dx = -radius; dx <= radius; dx++)
                if ((dx * dx) + (dy * dy) is var squared && squared <= radius * radius)
                    steps.Add((dx, dy, squared));
        return [.. steps.OrderBy(step => step.Squared)];
    }

    // How many pixels of a mask have their nearest partner at which squared distance; the last place counts those
    // without one. Wrinkles are few pixels and tolerances small: looking around each is many times faster than a
    // distance map of the picture.
    private static long[] Distances(Mask from, Mask to, List<(int Dx, int Dy, int Squared)> disc)
    {
        var counts = new long[disc[^1].Squared + 2];
        for (var y = 0; y < from.Height; y++)
        {
            var row = from.Row(y);
            for (var x = row.IndexOfAnyExcept((byte)0); x >= 0; x = NextSet(row, x))
            {
                var found = counts.Length - 1;
                foreach (var (dx, dy, squared) in disc)
                {
                    if ((uint)(x + dx) < (uint)to.Width && (uint)(y + dy) < (uint)to.Height && to[x + dx, y + dy])
                    {
                        found = squared;
                        break;
                    }
                }
                counts[found]++;
            }
        }
        return counts;
    }

    /// <summary>The place of the next set pixel after a place, or -1.</summary>
    internal static int NextSet(ReadOnlySpan<byte> row, int x)
    {
        var next = row[(x + 1)..].IndexOfAnyExcept((byte)0);
        return next < 0 ? -1 : x + 1 + next;
    }

    private static long Within(long[] distances, int tolerance) => distances.Take((tolerance * tolerance) + 1).Sum();
}
