using System.CommandLine;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Plots;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data stats</c>: how few pixels are wrinkle.</summary>
internal static class DataStatsCommand
{
    public static Command Create()
    {
        var folder = DataArguments.Folder();
        var json = new Option<bool>("--json") { Description = "Print JSON instead of tables." };
        var csv = new Option<string?>("--csv")
        {
            Description = "Write the counts of each photo to this file.",
            HelpName = "FILE"
        };
        var plot = CommonOptions.Validated(
            new Option<string?>("--plot")
            {
                Description = "Draw the histograms of the share of wrinkle pixels per photo: .svg.",
                HelpName = "FILE"
            },
            value => value!.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
                ? null
                : $"--plot '{value}' has to end in .svg");
        var threads = CommonOptions.Threads();
        var (data, skin) = (new DatasetOptionSet(), new SkinOptionSet());
        var command = new Command(
            "stats",
            "Counts wrinkle and background pixels over the pictures, their scored regions and the skin.")
            {
                folder, json, csv, plot, threads
            };
        data.AddTo(command);
        skin.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var dataset = WrinkleDataset.Open(parsed.GetValue(folder)!, skin.Read(parsed, data.Read(parsed)));
            using var choice = skin.Read(parsed, dataset);
            var source = choice.Source == SkinSources.None || !MayKnowSkin(dataset) ? null : choice.Source;
            var imbalance = await CountAsync(dataset, source, parsed.GetValue(threads), token);
            if (imbalance.Regions.Count == 0)
                throw new DatasetException(
                    $"{dataset.Folder}: none of {imbalance.Failed.Count} masks could be read; the first: {imbalance.Failed[0].Reason}");
            Write(imbalance, parsed.GetValue(csv), parsed.GetValue(plot));
            var warning = ImbalanceWarning.For(imbalance);
            if (parsed.GetValue(json))
                StatsReport.PrintJson(imbalance, source?.Name, warning);
            else
                StatsReport.Print(imbalance, source?.Name);
            if (warning is not null)
                Messages.Warning(warning);
            foreach (var (id, reason) in imbalance.Failed)
                Messages.Error(reason.Contains(id, StringComparison.Ordinal) ? reason : $"{id}: {reason}");
            return imbalance.Failed.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
        });
        return command;
    }

    // Masks alone have no skin that could be found; everything else is counted all the same.
    private static bool MayKnowSkin(WrinkleDataset dataset) =>
        dataset.Labelled.Any(
            sample => sample.ImagePath is not null || sample.SkinMaskPath is not null || sample.LabelsPath is not null);

    private static async Task<ClassImbalance> CountAsync(
        WrinkleDataset dataset, ISkinSource? skin, int threads, CancellationToken token)
    {
        var count = dataset.Labelled.Count();
        ThreadShare.Set(count, threads, usesTorch: false);
        ClassImbalance? imbalance = null;
        await PhotoProgress.RunAsync(
            "counting", count,
            done => Task.Run(() => imbalance = ClassImbalance.Run(dataset, skin, threads, done, token), token));
        return imbalance!;
    }

    private static void Write(ClassImbalance imbalance, string? csv, string? plot)
    {
        if (csv is not null)
        {
            OutputFolder.Make(csv);
            AtomicFile.WriteText(csv, StatsReport.Csv(imbalance));
        }
        if (plot is not null)
        {
            OutputFolder.Make(plot);
            AtomicFile.WriteText(plot, HistogramPlot.Draw(
                $"{new DirectoryInfo(imbalance.Dataset.Folder).Name}: wrinkle pixels per photo",
                "wrinkle pixels of a photo, %", "photos",
                [.. imbalance.Regions.Select(PanelOf)]));
        }
    }

    private static HistogramPanel PanelOf(RegionImbalance region)
    {
        var share = region.Pooled.Wrinkle == 0 ? "no wrinkle"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{100 * region.Pooled.WrinkleShare:0.###} % of all pixels, one in {1 + region.Pooled.Ratio:0}");
        return new HistogramPanel(
            $"{region.Name}: {Counted.Of(region.Images, "photo")}, {share}",
            [.. region.Shares.Select(value => 100 * value)], 100 * region.PerImage.Median);
    }
}
