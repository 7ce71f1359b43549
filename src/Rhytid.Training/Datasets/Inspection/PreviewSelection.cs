using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Chooses the samples of a preview.</summary>
public static class PreviewSelection
{
    /// <summary>The samples worth showing: the labelled ones of a labelled set, else those with a photo.</summary>
    public static IReadOnlyList<WrinkleSample> Candidates(WrinkleDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset.Labelled.Any()
            ? [.. dataset.Labelled]
            : [.. dataset.Samples.Where(sample => sample[Channel.Photo] is not null)];
    }

    /// <summary>Chooses some of the candidates by a rule.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="pick">The rule.</param>
    /// <param name="count">How many; fewer where there are fewer.</param>
    /// <param name="seed">For <see cref="PreviewPick.Random"/>.</param>
    /// <param name="threads">How many masks are read at a time, for <see cref="PreviewPick.Most"/> and
    /// <see cref="PreviewPick.Least"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetException">There are no masks to go by.</exception>
    public static IReadOnlyList<WrinkleSample> Choose(
        WrinkleDataset dataset, PreviewPick pick, int count, int seed = 0, int threads = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var candidates = Candidates(dataset);
        count = Math.Min(count, candidates.Count);
        return pick switch
        {
            PreviewPick.First => [.. candidates.Take(count)],
            PreviewPick.Random => [.. SeededOrder.Shuffle(candidates, seed, sample => sample.Id).Take(count)],
            PreviewPick.Most => ByShare(dataset, candidates, threads, descending: true, cancellationToken)[..count],
            PreviewPick.Least => ByShare(dataset, candidates, threads, descending: false, cancellationToken)[..count],
            _ => [.. Enumerable.Range(0, count)
                .Select(i => candidates[count == 1 ? 0 : (int)((long)i * (candidates.Count - 1) / (count - 1))])],
        };
    }

    /// <summary>The samples of some ids, in their order.</summary>
    /// <exception cref="DatasetException">The set lacks one of them.</exception>
    public static IReadOnlyList<WrinkleSample> Named(WrinkleDataset dataset, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(ids);
        var samples = dataset.Samples.ToDictionary(sample => sample.Id, StringComparer.Ordinal);
        var missing = ids.Where(id => !samples.ContainsKey(dataset.Layout.Normalize(id))).ToList();
        return missing.Count == 0
            ? [.. ids.Select(id => samples[dataset.Layout.Normalize(id)])]
            : throw new DatasetException(
                $"{dataset.Folder}: {missing.Count} of {ids.Count} ids are not in it: {string.Join(' ', missing.Take(10))}{(missing.Count > 10 ? " ..." : "")}");
    }

    private static List<WrinkleSample> ByShare(
        WrinkleDataset dataset, IReadOnlyList<WrinkleSample> candidates, int threads, bool descending,
        CancellationToken cancellationToken)
    {
        var imbalance = ClassImbalance.Run(dataset, skin: null, threads, cancellationToken: cancellationToken);
        var shares = imbalance.Images.ToDictionary(
            image => image.Id, image => (image.Scored ?? image.Image).WrinkleShare, StringComparer.Ordinal);
        var readable = candidates.Where(sample => shares.ContainsKey(sample.Id));
        return [.. descending
            ? readable.OrderByDescending(sample => shares[sample.Id])
            : readable.OrderBy(sample => shares[sample.Id])];
    }
}

/// <summary>Which samples of a set a preview shows.</summary>
public enum PreviewPick
{
    /// <summary>At equal distances in the order of ids.</summary>
    Spread,

    /// <summary>The first ones in the order of ids.</summary>
    First,

    /// <summary>Drawn by chance from a seed.</summary>
    Random,

    /// <summary>Those with the largest share of wrinkle pixels.</summary>
    Most,

    /// <summary>Those with the smallest share of wrinkle pixels, masks without any first.</summary>
    Least,
}
