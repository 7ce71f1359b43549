using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Preparation;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>--shard</c>, <c>--threads</c>, <c>--overwrite</c>: how much of a long work is done here, for every command that
/// makes many files.
/// </summary>
internal sealed class JobOptionSet
{
    private readonly Option<string?> _shard = CommonOptions.Validated(
        new Option<string?>("--shard")
        {
            Description = "Do one of N equal parts of the work, I from 0 to N - 1.",
            HelpName = "I/N"
        },
        value =>
            value is null || Shard.Parse(value) is not null
                ? null
                : $"--shard '{value}' is no part; write I/N with I from 0 to N - 1, such as 0/4");

    private readonly Option<int> _threads = CommonOptions.Threads();

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Make files again that are there already."
    };

    public void AddTo(Command command)
    {
        command.Add(_shard);
        command.Add(_threads);
        command.Add(_overwrite);
    }

    public JobChoices Read(ParseResult parsed) =>
        new(parsed.GetValue(_shard) is { } text
            ? Shard.Parse(text)!.Value
            : Shard.Whole, parsed.GetValue(_threads), parsed.GetValue(_overwrite));
}

/// <summary>How much of the work is done here.</summary>
internal sealed record JobChoices(Shard Shard, int Threads, bool Overwrite)
{
    /// <summary>Runs the jobs with a progress bar and says what happened.</summary>
    /// <param name="title">What is being made.</param>
    /// <param name="jobs">All jobs of all parts.</param>
    /// <param name="token">Stops between two files.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string title, IReadOnlyList<FileJob> jobs, CancellationToken token)
    {
        // Several files at a time with one thread each beat one file with all threads.
        ThreadShare.Set(jobs.Count, Threads, usesTorch: false);
        var count = jobs.Where((_, place) => Shard.Owns(place)).Count();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        FileJobsResult? result = null;
        await PhotoProgress.RunAsync(
            title, count,
            done => Task.Run(() => result = FileJobs.Run(jobs, Shard, Threads, Overwrite, done, token), token));
        foreach (var (name, reason) in result!.Failed)
            Messages.Error(reason.Contains(name, StringComparison.Ordinal) ? reason : $"{name}: {reason}");
        Messages.Info(Summary(title, result, watch.Elapsed.TotalSeconds));
        return result.Failed.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private string Summary(string title, FileJobsResult result, double seconds)
    {
        var parts = new List<string>
        {
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{title}: {result.Done} made in {seconds:0.0} s")
        };
        if (result.Skipped > 0)
            parts.Add($"{Counted.Were(result.Skipped)} there");
        if (result.Failed.Count > 0)
            parts.Add($"{result.Failed.Count} failed");
        if (Shard.Count > 1)
            parts.Add($"part {Shard}");
        return string.Join(", ", parts);
    }
}
