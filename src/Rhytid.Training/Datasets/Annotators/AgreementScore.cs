using System.Globalization;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>One score of agreement.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="Of">Its value; NaN where it is undefined.</param>
public sealed record AgreementScore(string Name, string Key, Func<AgreementCounts, double> Of)
{
    /// <summary>Jaccard, Pearson, F1, and F1 with each tolerance.</summary>
    /// <param name="tolerances">In pixels, in the order of the counts.</param>
    public static IReadOnlyList<AgreementScore> All(IReadOnlyList<int> tolerances)
    {
        ArgumentNullException.ThrowIfNull(tolerances);
        return
        [
            new AgreementScore("Jaccard", "jaccard", counts => counts.Pixels.Jsi),
            new AgreementScore("Pearson", "pearson", counts => counts.Pixels.Pearson),
            new AgreementScore("F1", "f1", counts => counts.Pixels.F1),
            .. tolerances.Select((tolerance, i) => new AgreementScore(
                string.Create(CultureInfo.InvariantCulture, $"F1, {tolerance} px"),
                    string.Create(CultureInfo.InvariantCulture, $"f1_{tolerance}px"), counts => counts.Tolerant[i].F1)),
        ];
    }
}
