using System.Collections.Concurrent;
using Rhytid.Cli.Terminal;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands;

/// <summary>Collects what went wrong with single photos, so that the others go on.</summary>
internal sealed class FailureList
{
    private readonly ConcurrentDictionary<string, string> _failures = new();

    /// <summary>Runs the work on one photo; a failure that concerns only this photo is kept for the report.</summary>
    public void Guard(string name, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (IsOfOnePhoto(error))
        {
            // The line begins with the photo's name already.
            _failures[name] = error is FileNotFoundException
                ? error.Message.Replace($"{name}: ", "", StringComparison.Ordinal)
                : error is ArgumentException { ParamName: not null } named
                ? named.Message.Replace($" (Parameter '{named.ParamName}')", "", StringComparison.Ordinal)
                : error.Message.Split('\n')[0];
        }
        catch (OutOfMemoryException)
        {
            _failures[name] = "there is not enough memory for this picture";
        }
    }

    private static bool IsOfOnePhoto(Exception error) => error is
        ImageException or FileNotFoundException or DatasetException or FaceMeshException or TorchException
            or ArgumentException;

    /// <summary>
    /// Does the same work on many photos, side by side, under a progress bar; a failure of one does not stop the
    /// others.
    /// </summary>
    /// <param name="title">What is being done.</param>
    /// <param name="items">The photos, or what is done with each.</param>
    /// <param name="nameOf">What an item is called.</param>
    /// <param name="threads">How many are worked on at a time.</param>
    /// <param name="work">The work.</param>
    /// <param name="token">Stops between items.</param>
    public Task GuardEachAsync<T>(
        string title, IReadOnlyList<T> items, Func<T, string> nameOf, int threads, Action<T> work,
        CancellationToken token)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = token };
        return PhotoProgress.RunAsync(title, items.Count, done => Parallel.ForEachAsync(items, parallel, (item, _) =>
        {
            Guard(nameOf(item), () => work(item));
            done(nameOf(item));
            return ValueTask.CompletedTask;
        }));
    }

    /// <summary>Prints a line for each failure, by name.</summary>
    /// <returns>The exit code.</returns>
    public int Report(int total)
    {
        foreach (var (name, message) in _failures.OrderBy(failure => failure.Key, StringComparer.Ordinal))
            Messages.Error($"{name}: {message}");
        if (!_failures.IsEmpty && total > 1)
            Messages.Info($"{total - _failures.Count} of {total} photos done, {_failures.Count} failed");
        return _failures.IsEmpty ? ExitCodes.Done : ExitCodes.SomeFailed;
    }
}
