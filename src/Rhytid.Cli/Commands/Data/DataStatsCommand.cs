using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Plots;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data stats</c>: how few pixels are wrinkle.</summary>
internal static class DataStatsCommand
{
    private const int MostBins = 12;
    private const int LongestBar = 40;

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Counts wrinkle and background pixels over the pictures, their scored regions and the skin.");
        var folder = command.DatasetFolder();
        var json = command.Json();
        var csv = command.File("--csv", "Write the counts of each photo to this file.");
        var plot = command.Text(
            "--plot", "FILE", "Draw the histograms of the share of wrinkle pixels per photo: .svg.",
            path => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
                ? null
                : $"--plot '{path}' has to end in .svg");
        var threads = command.Threads();
        var (data, skin) = (new DatasetOptionSet(command), new SkinOptionSet(command));
        return command.Does(async token =>
        {
            var dataset = WrinkleDataset.Open(folder, skin.Add(data.Read()));
            using var choice = skin.Open(dataset);
            var source = choice.Source == SkinSources.None || !MayKnowSkin(dataset) ? null : choice.Source;
            var count = dataset.Labelled.Count();
            ThreadShare.Set(count, threads);
            var imbalance = await PhotoProgress.RunAsync(
                "counting", count, done => ClassImbalance.Run(dataset, source, threads, done, token));
            if (imbalance.Regions.Count == 0)
                throw new DatasetException(
                    $"{dataset.Folder}: none of {imbalance.Failed.Count} masks could be read; "
                        + $"the first: {imbalance.Failed[0].Reason}");
            OutputFolder.WriteText(csv, imbalance.ToCsv);
            if (plot.Value is { } picture)
                Draw(imbalance, picture);
            var warning = ImbalanceWarning.For(imbalance);
            if (json)
                Console.WriteLine(imbalance.ToJson(source?.Name, warning));
            else
                Print(imbalance, source?.Name);
            if (warning is not null)
                Messages.Warning(warning);
            foreach (var (id, reason) in imbalance.Failed)
                Messages.Error(reason.Contains(id, StringComparison.Ordinal) ? reason : $"{id}: {reason}");
            return ExitCodes.From(imbalance.Failed.Count == 0);
        });
    }

    // Masks alone have no skin that could be found; everything else is counted all the same.
    private static bool MayKnowSkin(WrinkleDataset dataset) => dataset.Labelled.Any(
        sample => sample[Channel.Photo] is not null || sample[Channel.Skin] is not null
            || sample[Channel.Labels] is not null);

    private static void Draw(ClassImbalance imbalance, string picture)
    {
        OutputFolder.WriteText(picture, () => HistogramPlot.Draw(
            $"{new DirectoryInfo(imbalance.Dataset.Folder).Name}: wrinkle pixels per photo",
            "wrinkle pixels of a photo, %", "photos", [.. imbalance.Regions.Select(PanelOf)]));
    }

    private static HistogramPanel PanelOf(RegionImbalance region)
    {
        var (percent, per) = (100 * region.Pooled.WrinkleShare, 1 + region.Pooled.Ratio);
        var share = region.Pooled.Wrinkle == 0
            ? "no wrinkle"
            : FormattableString.Invariant($"{percent:0.###} % of all pixels, one in {per:0}");
        return new HistogramPanel(
            $"{region.Name}: {Counted.Of(region.Images, "photo")}, {share}",
            [.. region.Shares.Select(value => 100 * value)], 100 * region.PerImage.Median);
    }

    private static void Print(ClassImbalance imbalance, string? skin)
    {
        var totals = Tables.Create(
            ["pixels of"], "photos", "all", "wrinkle", "background", "wrinkle %", "background %",
            "background / wrinkle");
        var spreads = Tables.Create(
            ["wrinkle % per photo"], "least", "lower quartile", "median", "upper quartile", "most", "mean");
        foreach (var region in imbalance.Regions)
        {
            var (counts, spread) = (region.Pooled, region.PerImage);
            totals.Add(
                region.Name, Count(region.Images), Count(counts.Total), Count(counts.Wrinkle), Count(counts.Background),
                Percent(counts.WrinkleShare), Percent(1 - counts.WrinkleShare), Ratio(counts.Ratio));
            spreads.Add(
                region.Name, Percent(spread.Minimum), Percent(spread.LowerQuartile), Percent(spread.Median),
                Percent(spread.UpperQuartile), Percent(spread.Maximum), Percent(spread.Mean));
        }
        totals.Print();
        spreads.Print();
        PrintHistogram(imbalance.Regions[^1]);
        var set = imbalance.Dataset;
        Console.WriteLine($"{Counted.Of(imbalance.Images.Count, "mask")}, layout {set.Layout.Name}"
            + (set.WrinkleValue is { } value ? $"; mask value {value} is wrinkle" : "")
            + (skin is null ? "; the skin is not known" : $"; skin: {skin}"));
        var empty = imbalance.Empty.ToList();
        if (empty.Count == 0)
            return;
        Console.WriteLine($"no wrinkle drawn ({empty.Count}), counted above: {string.Join(' ', empty)}");
        if (RegionImbalance.Compute(
            "", imbalance.Images.Where(image => image.Image.Wrinkle > 0), image => image.Image) is { } drawn)
            Console.WriteLine(
                $"without them: {Percent(drawn.Pooled.WrinkleShare)} % of all pixels, "
                    + $"{Ratio(drawn.Pooled.Ratio)} background pixels per wrinkle pixel");
    }

    private static void PrintHistogram(RegionImbalance region)
    {
        var histogram = Histogram.Compute([.. region.Shares.Select(share => 100 * share)], MostBins);
        var width = histogram.BinWidth;
        Console.WriteLine($"photos by wrinkle % of the {region.Name}");
        foreach (var (bin, count) in histogram.Counts.Index())
        {
            var length = Math.Max(1, (int)Math.Round((double)LongestBar * count / histogram.Tallest));
            var (from, to) = (AxisSteps.Label(bin * width, width), AxisSteps.Label((bin + 1) * width, width));
            Console.WriteLine($"  {from,6} - {to,-6} {new string('#', count == 0 ? 0 : length)} {Count(count)}");
        }
    }

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) =>
        double.IsFinite(ratio) ? ratio.ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
