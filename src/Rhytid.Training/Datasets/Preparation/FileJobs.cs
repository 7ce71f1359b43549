using System.Collections.Concurrent;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// Makes many files so that the work can be cut into parts, killed at any moment and started again: a file appears
/// whole or not at all, and one that is there is not made again.
/// </summary>
public static class FileJobs
{
    /// <summary>Runs the jobs of one part.</summary>
    /// <param name="jobs">All jobs of all parts, in the order of ids.</param>
    /// <param name="shard">Which of them are meant.</param>
    /// <param name="threads">How many are made at a time; the files do not depend on it.</param>
    /// <param name="overwrite">Make files again that are there.</param>
    /// <param name="progress">Called after each job with its name, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two files.</param>
    public static FileJobsResult Run(
        IReadOnlyList<FileJob> jobs, Shard shard, int threads, bool overwrite = false, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var mine = jobs.Where((_, place) => shard.Owns(place)).ToList();
        foreach (var folder in mine.Select(job => Path.GetDirectoryName(Path.GetFullPath(job.Target))!).Distinct())
            AtomicFile.MakeFolder(folder);
        AtomicFile.RemoveUnfinished(mine.Select(job => job.Target));

        var (done, skipped, failed) = (0, 0, new ConcurrentBag<(string Name, string Reason)>());
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        // One after the other from a common queue: ranges of ids would end at very different times.
        OutputException? unwritable = null;
        Parallel.ForEach(Partitioner.Create(mine, EnumerablePartitionerOptions.NoBuffering), options, (job, state) =>
        {
            if (!overwrite && File.Exists(job.Target))
            {
                Interlocked.Increment(ref skipped);
            }
            else if (Make(job, failed) is { } bytes)
            {
                try
                {
                    AtomicFile.Write(job.Target, bytes);
                    Interlocked.Increment(ref done);
                }
                catch (OutputException error)
                {
                    // A full disk would fail every file that is left.
                    unwritable = error;
                    state.Stop();
                    return;
                }
            }
            progress?.Invoke(job.Name);
        });
        if (unwritable is not null)
            throw unwritable;
        return new FileJobsResult(done, skipped, [.. failed.OrderBy(failure => failure.Name, StringComparer.Ordinal)]);
    }

    private static byte[]? Make(FileJob job, ConcurrentBag<(string Name, string Reason)> failed)
    {
        try
        {
            return job.Make();
        }
        catch (Exception error) when (error is RhytidException or ArgumentException)
        {
            failed.Add((job.Name, error.Message.ReplaceLineEndings(" ")));
            return null;
        }
    }
}

/// <summary>One file to make.</summary>
/// <param name="Name">What messages call it, such as the sample's id.</param>
/// <param name="Target">The file; that it exists means that it is finished.</param>
/// <param name="Make">Computes the file's bytes; called from any thread.</param>
public sealed record FileJob(string Name, string Target, Func<byte[]> Make);

/// <summary>How many files a run made.</summary>
/// <param name="Done">Made now.</param>
/// <param name="Skipped">There already.</param>
/// <param name="Failed">Name and reason of those that could not be made.</param>
public sealed record FileJobsResult(int Done, int Skipped, IReadOnlyList<(string Name, string Reason)> Failed);
