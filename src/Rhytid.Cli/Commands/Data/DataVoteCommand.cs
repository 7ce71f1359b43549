using System.Globalization;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data vote</c>: masks of several annotators made into one.</summary>
internal static class DataVoteCommand
{
    private const string WholePicture = "all";

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Makes one mask of several annotators' masks: by majority, as soft labels, or by STAPLE.");
        var annotators = new AnnotatorOptionSet(command);
        var output = command.Required(
            "--output, -o", "DIR", "Folder for masks/ (majority, staple), soft_masks/ (soft) and probabilities/.");
        var method = command.Choice("--method", "How to make one mask.", VoteMethod.Majority);
        var minVotes = command.OptionalNumber<int>(
            "--min-votes", "K",
            "Majority: how many annotators must have marked a pixel; more than half unless given.", 1);
        var pooled = command.Flag("--pooled", "Staple: judge each annotator once over all photos, not photo by photo.");
        var margin = command.Parsed<int?>(
            "--margin", $"PX|{WholePicture}",
            "Staple: judge within this many pixels of what anybody marked, or over all of the picture.",
            new StapleOptions().MarginPixels?.ToString(CultureInfo.InvariantCulture), TryParseMargin,
            $"must be 0 to 1000 pixels, or {WholePicture}");
        var probabilities = command.Flag(
            "--probabilities", "Staple: also write how likely each pixel is wrinkle, as grey levels.");
        var csv = command.File(
            "--csv", "Staple: write each annotator's sensitivity and specificity on each photo to this file.");
        var json = command.Flag("--json", "Staple: print JSON instead of the table.");
        var jobs = new JobOptionSet(command);
        command.Check(() => method.Value != VoteMethod.Majority && minVotes.IsGiven
            ? "--min-votes belongs to --method majority"
            : null);
        foreach (var option in new Setting[] { pooled, margin, probabilities, csv, json })
            command.Check(() => method.Value != VoteMethod.Staple && option.IsGiven
                ? $"{option.Name} belongs to --method staple"
                : null);
        return command.Does(async token =>
        {
            var (set, ids) = annotators.Open();
            if (minVotes.Value > set.Annotators.Count)
                throw new CommandException(
                    $"--min-votes {minVotes.Value}: there are {set.Annotators.Count} annotators");
            OutputGuard.Require(output, set.ReadFolders, VoteLabelMaker.Folders);
            var options = new VoteOptions
            {
                Method = method,
                MinVotes = minVotes,
                Pooled = pooled,
                Staple = new StapleOptions { MarginPixels = margin },
                Probabilities = probabilities,
            };
            var maker = new VoteLabelMaker(set, options);
            var judged = options.Method == VoteMethod.Staple
                ? await JudgeAsync(maker, set, ids, options.Pooled, jobs, token)
                : null;
            var code = await WriteAsync(maker.Steps(output, ids, judged), jobs, token);
            if (judged is { ById.Count: > 0 })
            {
                OutputFolder.WriteText(csv, () => judged.ToCsv(set));
                Tell(set, judged, options, json);
            }
            return code;
        });
    }

    private static async Task<int> WriteAsync(IEnumerable<VoteStep> steps, JobOptionSet jobs, CancellationToken token)
    {
        var code = ExitCodes.Done;
        foreach (var step in steps)
        {
            jobs.Claim(Path.Combine(step.Folder, "settings.json"), step.Settings);
            code = Math.Max(code, await jobs.RunAsync(step.Folder, step.Jobs, token));
        }
        return code;
    }

    private static Task<StapleResults> JudgeAsync(
        VoteLabelMaker maker, AnnotatorSet set, IReadOnlyList<string> ids, bool pooled, JobOptionSet jobs,
        CancellationToken token)
    {
        if (set.Annotators.Count == 2)
            Messages.Warning("with two annotators nothing says who is right where they differ; STAPLE wants three");
        // A judgement over all photos needs all of them, whichever part of the masks is written here.
        IReadOnlyList<string> judged = pooled ? ids : [.. ids.Where((_, place) => jobs.Shard.Owns(place))];
        var threads = jobs.Threads;
        return PhotoProgress.RunAsync(
            "judging annotators", judged.Count, done => maker.Judge(judged, threads, done, token));
    }

    private static void Tell(AnnotatorSet set, StapleResults results, VoteOptions options, bool json)
    {
        var estimates = results.ById.Values.Distinct().ToList();
        var unsettled = estimates.Count(estimate => !estimate.Converged);
        if (unsettled > 0)
            Messages.Warning($"{unsettled} of {estimates.Count} estimates had not settled after the most steps");
        var annotators = set.Annotators
            .Select((annotator, place) => (annotator.Name, Mean: results.MeanOf(place)))
            .ToList();
        var margin = options.Staple.MarginPixels;
        if (json)
        {
            Tables.PrintJson(new
            {
                photos = results.ById.Count,
                pooled = options.Pooled,
                marginPixels = margin,
                annotators = annotators.Select(annotator => new
                {
                    name = annotator.Name,
                    sensitivity = Numbers.ForJson(annotator.Mean.Sensitivity),
                    specificity = Numbers.ForJson(annotator.Mean.Specificity),
                }),
            });
            return;
        }
        var table = Tables.Create(["annotator"], "sensitivity", "specificity");
        foreach (var (name, (sensitivity, specificity)) in annotators)
            table.Add(name, Numbers.ForTable(sensitivity), Numbers.ForTable(specificity));
        table.Print();
        var over = options.Pooled ? "one estimate over all" : "mean over";
        var where = margin is null ? "over the whole pictures" : $"within {margin} px of what anybody marked";
        Console.WriteLine($"{over} {Counted.Of(results.ById.Count, "photo")}, judged {where}");
    }

    // Null for the whole picture.
    private static bool TryParseMargin(string text, out int? margin)
    {
        margin = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) ? pixels : null;
        return text == WholePicture || margin is <= 1000;
    }
}
