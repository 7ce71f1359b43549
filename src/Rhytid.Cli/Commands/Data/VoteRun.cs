using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Jobs;

namespace Rhytid.Cli.Commands.Data;

/// <summary>What <c>--method staple</c> was asked for.</summary>
internal sealed record StapleChoices
{
    public bool Pooled { get; init; }
    public int? MarginPixels { get; init; }
    public bool Probabilities { get; init; }
    public string? Csv { get; init; }
    public bool Json { get; init; }
}

/// <summary>One call of <c>rhytid data vote</c>.</summary>
internal sealed class VoteRun(AnnotatorSet set, IReadOnlyList<string> ids, string output)
{
    public required int Threads { get; init; }
    public required bool Force { get; init; }

    public Task<int> MajorityAsync(int? minVotes, CancellationToken token) =>
        WriteAsync("masks", ids, id => Votes.Majority(set.Load(id), minVotes), Console.WriteLine, token);

    public Task<int> SoftAsync(CancellationToken token) =>
        WriteAsync("soft_masks", ids, id => Votes.Soft(set.Load(id)), Console.WriteLine, token);

    public async Task<int> StapleAsync(StapleChoices choices, CancellationToken token)
    {
        if (set.Annotators.Count == 2)
            Messages.Warning("with two annotators nothing says who is right where they differ; STAPLE wants three");
        StapleResults? results = null;
        await PhotoProgress.RunAsync("judging annotators", ids.Count, done => Task.Run(() =>
            results = StapleResults.Of(set, ids, choices.Pooled, new StapleOptions { MarginPixels = choices.MarginPixels }, Threads, done, token), token));
        var (estimates, failed) = (results!.ById, results.Failed);

        // With --json standard output is JSON and nothing else.
        Action<string> tell = choices.Json ? Messages.Info : Console.WriteLine;
        IReadOnlyList<string> readable = [.. ids.Where(estimates.ContainsKey)];
        var exitCode = await WriteAsync("masks", readable, id => estimates[id].MaskOf(set.Load(id)), tell, token);
        if (choices.Probabilities)
            exitCode = Math.Max(exitCode, await WriteAsync("probabilities", readable, id => estimates[id].ProbabilityMapOf(set.Load(id)), tell, token));
        StapleReport.Show(set, results, choices);
        foreach (var (id, reason) in failed)
            Messages.Error($"{id}: {reason}");
        return failed.Count > 0 ? ExitCodes.SomeFailed : exitCode;
    }

    private async Task<int> WriteAsync(string subfolder, IReadOnlyList<string> which, Func<string, Raster<byte>> make, Action<string> tell, CancellationToken token)
    {
        var folder = Path.Combine(output, subfolder);
        List<FileJob> jobs = [.. which.Select(id => new FileJob(id, Path.Combine(folder, $"{id}.png"), () => make(id).Encode(ImageFormat.Png)))];
        FileJobsResult? result = null;
        await PhotoProgress.RunAsync($"writing {subfolder}", jobs.Count, done => Task.Run(() =>
            result = FileJobs.Run(jobs, Shard.Whole, Threads, Force, done, token), token));
        tell($"written: {result!.Done} in {folder}{(result.Skipped > 0 ? $"; {result.Skipped} were there already (--force makes them again)" : "")}");
        foreach (var (name, reason) in result.Failed)
            Messages.Error($"{name}: {reason}");
        return result.Failed.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }
}
