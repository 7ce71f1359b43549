using Rhytid.Imaging;

namespace Rhytid.Scores;

/// <summary>Pixels by truth and prediction of the wrinkle class, and the scores that follow from them.</summary>
/// <param name="TruePositives">Wrinkle in both.</param>
/// <param name="FalsePositives">Wrinkle in the prediction only.</param>
/// <param name="FalseNegatives">Wrinkle in the truth only.</param>
/// <param name="TrueNegatives">Wrinkle in neither.</param>
public readonly record struct ConfusionCounts(
    long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>Counts pixels of two masks of one size.</summary>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says.</param>
    /// <param name="scored">Where pixels count; everywhere unless given.</param>
    public static ConfusionCounts Count(Mask predicted, Mask truth, Mask? scored = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        SameSize.Require(truth, predicted, "prediction");
        SameSize.Require(truth, scored, "scored region");

        Span<long> counts = stackalloc long[4];
        var p = predicted.Samples;
        var t = truth.Samples;
        for (var i = 0; i < t.Length; i++)
            if (scored is null || scored.Samples[i] != 0)
                counts[(p[i] != 0 ? 2 : 0) + (t[i] != 0 ? 1 : 0)]++;
        return new ConfusionCounts(counts[3], counts[2], counts[1], counts[0]);
    }

    /// <summary>Pixels counted.</summary>
    public long Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Jaccard similarity index (intersection over union); 1 where neither has a wrinkle.</summary>
    public double Jsi => Ratio(TruePositives, TruePositives + FalsePositives + FalseNegatives, whenEmpty: 1);

    /// <summary>F1, which is Dice; 1 where neither has a wrinkle.</summary>
    public double F1 => Ratio(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives, whenEmpty: 1);

    /// <summary>Share of the prediction that is right; 0 where nothing is predicted.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives, whenEmpty: 0);

    /// <summary>Share of the truth that is found (sensitivity); NaN where there is no wrinkle.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives, whenEmpty: double.NaN);

    /// <summary>Share of wrinkle-free pixels that are left alone; NaN where all are wrinkle.</summary>
    public double Specificity => Ratio(TrueNegatives, TrueNegatives + FalsePositives, whenEmpty: double.NaN);

    /// <summary>Share of pixels that are right.</summary>
    public double Accuracy => Ratio(TruePositives + TrueNegatives, Total, whenEmpty: double.NaN);

    /// <summary>
    /// Pearson's correlation of the two masks seen as 0 and 1; NaN where one of them is empty or full, for it then does
    /// not vary.
    /// </summary>
    public double Pearson
    {
        get
        {
            double predicted = TruePositives + FalsePositives;
            double truth = TruePositives + FalseNegatives;
            var spread = Math.Sqrt(predicted * (Total - predicted)) * Math.Sqrt(truth * (Total - truth));
            return spread == 0 ? double.NaN : (((double)TruePositives * Total) - (predicted * truth)) / spread;
        }
    }

    /// <summary>Counts of two pictures together.</summary>
    public static ConfusionCounts operator +(ConfusionCounts a, ConfusionCounts b) => new(
        a.TruePositives + b.TruePositives,
            a.FalsePositives + b.FalsePositives, a.FalseNegatives + b.FalseNegatives,
            a.TrueNegatives + b.TrueNegatives);

    /// <summary>Counts of two pictures together.</summary>
    public static ConfusionCounts Add(ConfusionCounts left, ConfusionCounts right) => left + right;

    private static double Ratio(long part, long whole, double whenEmpty) =>
        whole == 0 ? whenEmpty : (double)part / whole;
}

/// <summary>Pictures that are compared pixel by pixel.</summary>
internal static class SameSize
{
    /// <summary>Refuses a picture of another size than the truth's.</summary>
    public static void Require<T>(Mask truth, Raster<T>? other, string name)
        where T : unmanaged
    {
        if (other is not null && (other.Width != truth.Width || other.Height != truth.Height))
            throw new ArgumentException(
                $"the {name} has {other.Width} x {other.Height} pixels, the truth {truth.Width} x {truth.Height}");
    }
}
