using System.Collections.Concurrent;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Finds photos that are there twice under different names.</summary>
public static class NearDuplicates
{
    /// <summary>Compares every photo with every other.</summary>
    /// <typeparam name="T">What names a photo.</typeparam>
    /// <param name="photos">The photos.</param>
    /// <param name="threads">How many threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Groups of two or more that show the same photo, in the order of their first member.</returns>
    public static IReadOnlyList<IReadOnlyList<T>> Find<T>(
        IReadOnlyList<(T Name, PhotoFingerprint Fingerprint)> photos, int threads,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photos);
        var pairs = new ConcurrentBag<(int First, int Second)>();
        Parallel.For(
            0, photos.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
            {
                for (var j = i + 1; j < photos.Count; j++)
                    if (photos[i].Fingerprint.IsSamePhotoAs(photos[j].Fingerprint))
                        pairs.Add((i, j));
            });

        var group = Enumerable.Range(0, photos.Count).ToArray();
        foreach (var (first, second) in pairs.Order())
            Join(group, first, second);
        return [.. Enumerable
            .Range(0, photos.Count)
            .GroupBy(i => RootOf(group, i))
            .Where(members => members.Skip(1).Any())
                .Select(members => (IReadOnlyList<T>)[.. members.Select(i => photos[i].Name)])];
    }

    // The smaller place is the root, so that groups do not depend on the order in which pairs were found.
    private static void Join(int[] group, int a, int b)
    {
        var (rootA, rootB) = (RootOf(group, a), RootOf(group, b));
        group[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
    }

    private static int RootOf(int[] group, int i)
    {
        while (group[i] != i)
            i = group[i] = group[group[i]];
        return i;
    }
}
