using System.CommandLine;
using System.Globalization;
using Rhytid.Training.Datasets.Annotators;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data vote</c>: masks of several annotators made into one.</summary>
internal static class DataVoteCommand
{
    private const int DefaultMargin = 10;
    private const string WholePicture = "all";

    public static Command Create()
    {
        var annotators = new AnnotatorOptionSet();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for masks/ (majority, staple), soft_masks/ (soft) and probabilities/.",
            HelpName = "DIR",
            Required = true
        };
        var method = CommonOptions.OneOf<VoteMethod>("--method", "How to make one mask; majority unless given.");
        var minVotes = CommonOptions.Validated(
            new Option<int?>("--min-votes")
            {
                Description = "Majority: how many annotators must have marked a pixel; more than half unless given.",
                HelpName = "K"
            },
            value => value is null or >= 1 ? null : "--min-votes must be 1 or more");
        var pooled = new Option<bool>("--pooled")
        {
            Description = "Staple: judge each annotator once over all photos, not photo by photo."
        };
        var margin = CommonOptions.Validated(
            new Option<string?>("--margin")
            {
                Description =
                    $"Staple: judge within this many pixels of what anybody marked ({DefaultMargin}), or over all of the picture.",
                HelpName = $"PX|{WholePicture}"
            },
            value =>
                value is null or WholePicture || MarginOf(value) is not null
                    ? null
                    : $"--margin '{value}' must be 0 to 1000 pixels, or {WholePicture}");
        var probabilities = new Option<bool>("--probabilities")
        {
            Description = "Staple: also write how likely each pixel is wrinkle, as grey levels."
        };
        var csv = new Option<string?>("--csv")
        {
            Description = "Staple: write each annotator's sensitivity and specificity on each photo to this file.",
            HelpName = "FILE"
        };
        var json = new Option<bool>("--json") { Description = "Staple: print JSON instead of the table." };
        var jobs = new JobOptionSet();
        var command = new Command(
            "vote",
            "Makes one mask of several annotators' masks: by majority, as soft labels, or by STAPLE.")
            {
                output, method, minVotes, pooled, margin, probabilities, csv, json
            };
        annotators.AddTo(command);
        jobs.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            var chosen = CommonOptions.ValueOf<VoteMethod>(parsed.GetValue(method)) ?? VoteMethod.Majority;
            if (chosen != VoteMethod.Majority && parsed.GetValue(minVotes) is not null)
                throw new CommandException("--min-votes belongs to --method majority");
            foreach (var option in new Option[] { pooled, margin, probabilities, csv, json })
                if (chosen != VoteMethod.Staple && parsed.GetResult(option) is { Implicit: false })
                    throw new CommandException($"{option.Name} belongs to --method staple");
            var (set, ids) = annotators.Open(parsed);
            if (parsed.GetValue(minVotes) > set.Annotators.Count)
                throw new CommandException(
                    $"--min-votes {parsed.GetValue(minVotes)}: there are {set.Annotators.Count} annotators");
            OutputGuard.Require(parsed.GetValue(output)!, set.ReadFolders, VoteRun.Folders);
            var run = new VoteRun(set, ids, parsed.GetValue(output)!, jobs.Read(parsed));
            return chosen switch
            {
                VoteMethod.Majority => run.MajorityAsync(parsed.GetValue(minVotes), token),
                VoteMethod.Soft => run.SoftAsync(token),
                _ => run.StapleAsync(new StapleChoices
                {
                    Pooled = parsed.GetValue(pooled),
                    MarginPixels = parsed.GetValue(margin) is { } text ? MarginOf(text) : DefaultMargin,
                    Probabilities = parsed.GetValue(probabilities),
                    Csv = parsed.GetValue(csv),
                    Json = parsed.GetValue(json),
                }, token),
            };
        });
        return command;
    }

    private static int? MarginOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels <= 1000
            ? pixels
            : null;
}
