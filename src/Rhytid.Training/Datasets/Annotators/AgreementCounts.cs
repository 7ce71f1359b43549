using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Pixels of two annotators' masks of one photo, or of many photos together.</summary>
/// <param name="Pixels">The first as prediction, the second as truth; every score of agreement is the same the other
/// way round.</param>
/// <param name="Tolerant">Pixels with a partner nearby, for each tolerance.</param>
public sealed record AgreementCounts(ConfusionCounts Pixels, IReadOnlyList<TolerantCounts> Tolerant)
{
    /// <summary>Whether neither drew anything: then Jaccard and F1 are 1, and Pearson is undefined.</summary>
    public bool BothEmpty => Pixels.TruePositives + Pixels.FalsePositives + Pixels.FalseNegatives == 0;

    /// <summary>Counts the pixels of two masks.</summary>
    /// <param name="first">One annotator's.</param>
    /// <param name="second">The other's, of the same size.</param>
    /// <param name="tolerances">In pixels.</param>
    /// <param name="scored">Where pixels count; everywhere unless given.</param>
    public static AgreementCounts Count(Mask first, Mask second, IReadOnlyList<int> tolerances, Mask? scored = null) =>
        new(ConfusionCounts.Count(first, second, scored), TolerantCounts.Count(first, second, tolerances, scored));

    /// <summary>Counts of two photos together.</summary>
    public static AgreementCounts operator +(AgreementCounts a, AgreementCounts b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new AgreementCounts(a.Pixels + b.Pixels, [.. a.Tolerant.Zip(b.Tolerant, TolerantCounts.Add)]);
    }

    /// <summary>Counts of two photos together.</summary>
    public static AgreementCounts Add(AgreementCounts left, AgreementCounts right) => left + right;
}
