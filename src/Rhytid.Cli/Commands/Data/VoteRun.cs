using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

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
internal sealed class VoteRun(AnnotatorSet set, IReadOnlyList<string> ids, string output, JobChoices choices)
{
    /// <summary>All that may be made in the output folder.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["masks", "soft_masks", "probabilities"];

    public Task<int> MajorityAsync(int? minVotes, CancellationToken token)
    {
        var fewest = minVotes?.ToString(CultureInfo.InvariantCulture) ?? "majority";
        return WriteAsync(
            "masks", new() { ["method"] = "majority", ["min-votes"] = fewest }, ids,
            id => Votes.Majority(LoadAtLeast(minVotes ?? 1, id), minVotes), token);
    }

    public Task<int> SoftAsync(CancellationToken token) =>
        WriteAsync("soft_masks", new() { ["method"] = "soft" }, ids, id => Votes.Soft(set.Load(id)), token);

    public async Task<int> StapleAsync(StapleChoices staple, CancellationToken token)
    {
        if (set.Annotators.Count == 2)
            Messages.Warning("with two annotators nothing says who is right where they differ; STAPLE wants three");
        // A judgement over all photos needs all of them, whichever part of the masks is written here.
        IReadOnlyList<string> judged = staple.Pooled ? ids : [.. ids.Where((_, place) => choices.Shard.Owns(place))];
        StapleResults? results = null;
        await PhotoProgress.RunAsync("judging annotators", judged.Count, done => Task.Run(() =>
            results = StapleResults.Of(
                set, judged, staple.Pooled, new StapleOptions { MarginPixels = staple.MarginPixels }, choices.Threads,
                done, token), token));
        var estimates = results!.ById;

        Dictionary<string, string> settings = new()
        {
            ["method"] = "staple",
            ["pooled"] = staple.Pooled ? "yes" : "no",
            ["margin"] = staple.MarginPixels?.ToString(CultureInfo.InvariantCulture) ?? "all",
        };
        StapleEstimate Of(string id) =>
            estimates.GetValueOrDefault(id)
                ?? throw new DatasetException(results.Failed.First(failure => failure.Id == id).Reason);
        var exitCode = await WriteAsync("masks", settings, ids, id => Of(id).MaskOf(set.Load(id)), token);
        if (staple.Probabilities)
            exitCode = Math.Max(
                exitCode,
                await WriteAsync("probabilities", settings, ids, id => Of(id).ProbabilityMapOf(set.Load(id)), token));
        if (estimates.Count > 0)
            StapleReport.Show(set, results, staple);
        return exitCode;
    }

    private IReadOnlyList<Mask?> LoadAtLeast(int annotators, string id)
    {
        var there = set.Annotators.Count(annotator => annotator.Has(id));
        return there >= annotators
            ? set.Load(id)
            : throw new DatasetException($"{id}: {there} annotators drew it, {annotators} votes are asked for");
    }

    private async Task<int> WriteAsync(
        string subfolder, Dictionary<string, string> settings, IReadOnlyList<string> which,
        Func<string, Raster<byte>> make, CancellationToken token)
    {
        var folder = Path.Combine(output, subfolder);
        settings["annotators"] = string.Join(", ", set.Annotators.Select(annotator => annotator.Name));
        RunSettings.Claim(
            Path.Combine(folder, "settings.json"), settings, choices.Overwrite && choices.Shard.Count == 1);
        return await choices.RunAsync(
            folder,
            [.. which.Select(
                id => new FileJob(id, Path.Combine(folder, $"{id}.png"), () => make(id).Encode(ImageFormat.Png)))],
            token);
    }
}
