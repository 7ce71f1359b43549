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
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync<T>(
        string title, Func<PhotoPath, T> work, Action<IReadOnlyList<(PhotoPath Photo, T Result)>> show,
        CancellationToken token)
    {
        ThreadShare.Set(photos.Count, threads);
        var (results, failures) = (new ConcurrentDictionary<PhotoPath, T>(), new FailureList());
        await failures.GuardEachAsync(
            title, photos, photo => photo.Name, threads, photo => results[photo] = work(photo), token);
        if (!results.IsEmpty)
            show([.. photos.Where(results.ContainsKey).Select(photo => (photo, results[photo]))]);
        return failures.Report(photos.Count);
    }
}
