using System.Collections.Concurrent;
using Rhytid.Imaging;

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
        catch (Exception error) when (ExitCodes.IsExpected(error) || error is ArgumentException)
        {
            // The line that tells it begins with the photo's name already.
            var line = ExitCodes.LineOf(error);
            _failures[name] = line.StartsWith($"{name}: ", StringComparison.Ordinal) ? line[(name.Length + 2)..] : line;
        }
        catch (OutOfMemoryException)
        {
            _failures[name] = "there is not enough memory for this picture";
        }
    }

    /// <summary>Adds a failure that somebody else met.</summary>
    public void Add(string name, string reason) => _failures[name] = reason;

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
        return ExitCodes.From(_failures.IsEmpty);
    }
}

/// <summary>Several photos: one thread each. One photo: all threads inside OpenCV and the networks.</summary>
internal static class ThreadShare
{
    public static void Set(int photos, int threads) => VisionInfo.SetThreads(PerPhoto(photos, threads));

    public static int PerPhoto(int photos, int threads) => photos > 1 ? 1 : threads;
}
