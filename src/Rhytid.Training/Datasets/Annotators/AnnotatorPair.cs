namespace Rhytid.Training.Datasets.Annotators;

/// <summary>How far two annotators agree.</summary>
/// <param name="First">The name of one.</param>
/// <param name="Second">The name of the other.</param>
/// <param name="Images">Counts by id, in the order of ids.</param>
public sealed record AnnotatorPair(
    string First, string Second, IReadOnlyList<(string Id, AgreementCounts Counts)> Images)
{
    /// <summary>Both names.</summary>
    public string Name => $"{First} & {Second}";

    /// <summary>All pixels of all photos together.</summary>
    public AgreementCounts Pooled { get; } = Images.Select(image => image.Counts).Aggregate(AgreementCounts.Add);

    /// <summary>Photos on which neither drew anything.</summary>
    public int BothEmpty => Images.Count(image => image.Counts.BothEmpty);

    /// <summary>Photos on which Pearson is undefined because one of the two masks is empty (or full).</summary>
    public int PearsonUndefined => Images.Count(image => double.IsNaN(image.Counts.Pixels.Pearson));

    /// <summary>Mean over photos of one score; photos where it is undefined are left out.</summary>
    public double ImageMean(AgreementScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return Images
            .Select(image => score.Of(image.Counts))
            .Where(double.IsFinite)
            .DefaultIfEmpty(double.NaN)
            .Average();
    }
}
