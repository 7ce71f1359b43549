using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data agreement</c>: how far annotators draw the same.</summary>
internal static class DataAgreementCommand
{
    private static readonly int[] TolerancesPixels = [1, 2, 3];

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Compares annotators with each other: Jaccard, Pearson and F1, also with tolerance, per photo and pooled.");
        var annotators = new AnnotatorOptionSet(command);
        var within = command.Folder(
            "--within",
            "Count pixels inside these masks only: a folder of {id}.png. The data sets' scored_regions/ unless given.");
        var csv = command.File("--csv", "Write counts and scores of each pair on each photo to this file.");
        var json = command.Json("the table");
        var threads = command.Threads();
        return command.Does(async token =>
        {
            var (set, ids) = annotators.Open();
            Func<string, Mask?> regionOf = within.Value is { } folder
                ? AnnotatorSet.RegionsIn(folder)
                : set.LoadScoredRegion;
            var agreement = await PhotoProgress.RunAsync(
                "comparing", ids.Count,
                done => Agreement.Compute(set, ids, TolerancesPixels, regionOf, threads, done, token));
            if (agreement.Pairs.Count > 0)
            {
                OutputFolder.WriteText(csv, agreement.ToCsv);
                if (json)
                    Console.WriteLine(agreement.ToJson());
                else
                    Print(agreement);
            }
            foreach (var (_, reason) in agreement.Failed)
                Messages.Error(reason);
            return ExitCodes.From(agreement.Failed.Count == 0);
        });
    }

    private static void Print(Agreement agreement)
    {
        var table = Tables.Create(["pair", "average"], agreement.Scores.Select(score => score.Name));
        foreach (var pair in agreement.Pairs)
            AddRows(pair.Name, pair.ImageMean, score => score.Of(pair.Pooled));
        if (agreement.Pairs.Count > 1)
            AddRows("mean of the pairs", agreement.ImageMean, agreement.Pooled);
        table.Print();
        foreach (var pair in agreement.Pairs)
            Console.WriteLine($"{pair.Name}: {Counted.Of(pair.Images.Count, "photo")}"
                + (pair.BothEmpty > 0
                    ? $"; {pair.BothEmpty} where neither drew anything (Jaccard and F1 are 1 there)"
                    : "")
                + (pair.PearsonUndefined > 0
                    ? $"; {pair.PearsonUndefined} where Pearson is undefined (a mask without contrast), "
                        + "left out of its mean"
                    : ""));
        Console.WriteLine(
            $"published for the three annotators of FFHQ-Wrinkle: Jaccard {Published(PublishedAgreement.Jaccard)}; "
                + $"Pearson {Published(PublishedAgreement.Pearson)}");

        void AddRows(string name, Func<AgreementScore, double> mean, Func<AgreementScore, double> pooled)
        {
            table.Add([name, "photos", .. agreement.Scores.Select(score => Numbers.ForTable(mean(score)))]);
            table.Add(["", "pooled", .. agreement.Scores.Select(score => Numbers.ForTable(pooled(score)))]);
        }
    }

    private static string Published(IReadOnlyList<double> values) =>
        $"{string.Join(", ", values.Select(Numbers.ForTable))}, mean {Numbers.ForTable(values.Average())}";
}
