using System.Collections.Concurrent;
using Rhytid.Imaging;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>PATH...</c>, <c>--output</c>, <c>--threads</c>, <c>--max-megapixels</c>: photos in, files out.</summary>
internal sealed class PhotoOptions(CliCommand command)
{
    private readonly Setting<string[]> _paths = command.ArgumentList(
        "PATH", "Photos, folders (searched to the bottom), or - for standard input.");
    private readonly Setting<string?> _output = command.Folder(
        "--output, -o", "Folder for the results; made when missing. Beside each photo unless given.");
    private readonly Setting<int> _threads = command.Threads();
    private readonly Setting<ImageLoadOptions> _limit = command.MaxMegapixels();

    public PhotoBatch Open() => new(PhotoPaths.Expand(_paths.Value, _output), _threads, _limit);
}

/// <summary>The photos of one call.</summary>
internal sealed class PhotoBatch(IReadOnlyList<PhotoPath> photos, int threads, ImageLoadOptions load)
{
    public int Count => photos.Count;

    /// <summary>Threads inside one photo's work: several photos have one each.</summary>
    public int ThreadsPerPhoto => ThreadShare.PerPhoto(photos.Count, threads);

    public Image Load(PhotoPath photo) => photo.Load(load);

    /// <summary>Does the same work on every photo, shows what came of it, and tells what failed.</summary>
    /// <param name="title">What the work is called while it goes on.</param>
    /// <param name="work">Does it.</param>
    /// <param name="show">Gets all results at the end.</param>
    /// <param name="token">Stops between photos.</param>
    /// <param name="each">Gets one result after another, in the order of the photos, as soon as it can.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync<T>(
        string title, Func<PhotoPath, T> work, Action<IReadOnlyList<(PhotoPath Photo, T Result)>> show,
        CancellationToken token, Action<T>? each = null)
    {
        ThreadShare.Set(photos.Count, threads);
        var (results, failures) = (new ConcurrentDictionary<PhotoPath, T>(), new FailureList());
        var (ended, shown) = (new HashSet<PhotoPath>(), 0);
        await failures.GuardEachAsync(title, photos, photo => photo.Name, threads, DoOne, token);
        if (!results.IsEmpty)
            show([.. photos.Where(results.ContainsKey).Select(photo => (photo, results[photo]))]);
        return failures.Report(photos.Count);

        void DoOne(PhotoPath photo)
        {
            try
            {
                results[photo] = work(photo);
            }
            finally
            {
                lock (ended)
                {
                    ended.Add(photo);
                    for (; shown < photos.Count && ended.Contains(photos[shown]); shown++)
                        if (results.TryGetValue(photos[shown], out var result))
                            each?.Invoke(result);
                }
            }
        }
    }
}
