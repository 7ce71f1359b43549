using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data agreement</c>: how far annotators draw the same.</summary>
internal static class DataAgreementCommand
{
    private static readonly int[] TolerancesPixels = [1, 2, 3];

    public static Command Create()
    {
        var annotators = new AnnotatorOptionSet();
        var within = new Option<string?>("--within")
        {
            Description =
                "Count pixels inside these masks only: a folder of {id}.png. The data sets' scored_regions/ unless given.",
            HelpName = "DIR"
        };
        var csv = new Option<string?>("--csv")
        {
            Description = "Write counts and scores of each pair on each photo to this file.",
            HelpName = "FILE"
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of the table." };
        var threads = CommonOptions.Threads();
        var command = new Command(
            "agreement",
            "Compares annotators with each other: Jaccard, Pearson and F1, also with tolerance, per photo and pooled.")
            {
                within, csv, json, threads
            };
        annotators.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var (set, ids) = annotators.Open(parsed);
            Func<string, Mask?> regionOf = parsed.GetValue(within) is { } folder
                ? AnnotatorSet.RegionsIn(folder)
                : set.LoadScoredRegion;
            Agreement? agreement = null;
            await PhotoProgress.RunAsync("comparing", ids.Count, done => Task.Run(() =>
                agreement = Agreement.Of(set, ids, TolerancesPixels, regionOf, parsed.GetValue(threads), done, token),
                    token));
            if (agreement!.Pairs.Count > 0)
                AgreementReport.Show(agreement, parsed.GetValue(csv), parsed.GetValue(json));
            foreach (var (_, reason) in agreement.Failed)
                Messages.Error(reason);
            return agreement.Failed.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
        });
        return command;
    }
}
