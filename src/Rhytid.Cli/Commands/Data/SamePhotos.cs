using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Splits;


namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// Photos that are the same under different names, beyond what <see cref="PhotoGroups"/> sees in the names.
/// </summary>
internal static class SamePhotos
{
    public static IReadOnlyList<IReadOnlyList<string>> Of(
        IEnumerable<DatasetCheck> checks, IEnumerable<string> ids, int threads, CancellationToken token)
    {
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. NearDuplicates.Find(
                [.. checks.SelectMany(check => check.Photos)
                    .Where(photo => wanted.Contains(photo.Sample.Id))
                    .Select(photo => (photo.Sample.Id, photo.Fingerprint))],
                threads, token)
                .Select(group => group.Distinct().Order(StringComparer.Ordinal).ToList())
                .Where(group => group.DistinctBy(PhotoGroups.PhotoOf).Skip(1).Any())];
    }
}
