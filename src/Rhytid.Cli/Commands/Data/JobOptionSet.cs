using Rhytid.Training.Datasets.Preparation;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>--shard</c>, <c>--threads</c>, <c>--overwrite</c>: how much of a long work is done here, for every command that
/// makes many files.
/// </summary>
internal sealed class JobOptionSet(CliCommand command)
{
    private readonly Setting<Shard> _shard = command.Parsed(
        "--shard", "I/N", "Do one of N equal parts of the work, I from 0 to N - 1.", null,
        (string text, out Shard shard) =>
        {
            shard = Shard.Parse(text) ?? Shard.Whole;
            return Shard.Parse(text) is not null;
        },
        "is no part; write I/N with I from 0 to N - 1, such as 0/4", Shard.Whole);
    private readonly Setting<int> _threads = command.Threads();
    private readonly Setting<bool> _overwrite = command.Flag("--overwrite", "Make files again that are there already.");

    public Shard Shard => _shard;

    public int Threads => _threads;

    /// <summary>Writes down what a folder is made with, or holds it against what it was made with.</summary>
    public void Claim(string file, IReadOnlyDictionary<string, string> settings) =>
        RunSettings.Claim(file, settings, _overwrite && Shard.Count == 1);

    /// <summary>Runs the jobs with a progress bar and says what happened.</summary>
    /// <param name="title">What is being made.</param>
    /// <param name="jobs">All jobs of all parts.</param>
    /// <param name="token">Stops between two files.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string title, IReadOnlyList<FileJob> jobs, CancellationToken token)
    {
        var (shard, threads, overwrite) = (Shard, Threads, _overwrite.Value);
        // Several files at a time with one thread each beat one file with all threads.
        ThreadShare.Set(jobs.Count, threads);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = await PhotoProgress.RunAsync(
            title, jobs.Where((_, place) => shard.Owns(place)).Count(),
            done => FileJobs.Run(jobs, shard, threads, overwrite, done, token));
        foreach (var (name, reason) in result.Failed)
            Messages.Error(reason.Contains(name, StringComparison.Ordinal) ? reason : $"{name}: {reason}");
        string?[] parts =
        [
            FormattableString.Invariant($"{title}: {result.Done} made in {watch.Elapsed.TotalSeconds:0.0} s"),
            result.Skipped > 0 ? $"{Counted.Were(result.Skipped)} there" : null,
            result.Failed.Count > 0 ? $"{result.Failed.Count} failed" : null,
            shard.Count > 1 ? $"part {shard}" : null,
        ];
        Messages.Info(string.Join(", ", parts.OfType<string>()));
        return ExitCodes.From(result.Failed.Count == 0);
    }
}
