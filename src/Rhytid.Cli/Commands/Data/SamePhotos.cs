using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Checking;

namespace Rhytid.Cli.Commands.Data;

/// <summary>Photos that are the same under different names, beyond what <see cref="PhotoGroups"/> sees in the names.</summary>
internal static class SamePhotos
{
    /// <summary>Looks at every photo; one that cannot be read is named and is like no other.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> FindAsync(IReadOnlyList<WrinkleSample> samples, int threads, CancellationToken token)
    {
        var photos = samples.Where(sample => sample.ImagePath is not null).ToList();
        var looks = new (string Id, PhotoFingerprint Fingerprint)?[photos.Count];
        ThreadShare.Set(photos.Count, threads, usesTorch: false);
        await PhotoProgress.RunAsync("looking for photos that are there twice", photos.Count, done => Parallel.ForAsync(0, photos.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = token }, (i, _) =>
            {
                try
                {
                    looks[i] = (photos[i].Id, PhotoFingerprint.Of(SampleFiles.LoadGrayPhoto(photos[i])));
                }
                catch (ImageException error)
                {
                    Messages.Warning(error.Message);
                }
                done(photos[i].Id);
                return ValueTask.CompletedTask;
            }));
        return [.. NearDuplicates.Find([.. looks.OfType<(string, PhotoFingerprint)>()], threads, token)
            .Select(group => group.Distinct().Order(StringComparer.Ordinal).ToList()).Where(group => group.DistinctBy(PhotoGroups.PhotoOf).Skip(1).Any())];
    }
}
