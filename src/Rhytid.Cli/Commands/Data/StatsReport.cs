using System.Globalization;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Plots;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Data;

/// <summary>What <c>rhytid data stats</c> says, as tables, JSON and CSV.</summary>
internal static class StatsReport
{
    private const int MostBins = 12;
    private const int LongestBar = 40;

    public static void Print(ClassImbalance imbalance, string? skin)
    {
        Messages.ForResults.Write(Totals(imbalance));
        Messages.ForResults.Write(Spread(imbalance));
        PrintHistogram(imbalance.Regions[^1]);
        var set = imbalance.Dataset;
        Console.WriteLine($"{Counted.Of(imbalance.Images.Count, "mask")}, layout {set.Layout.Name}"
            + (set.WrinkleValue is { } value ? $"; mask value {value} is wrinkle" : "")
            + (skin is null ? "; the skin is not known" : $"; skin: {skin}"));
        var empty = imbalance.Empty.ToList();
        if (empty.Count == 0)
            return;
        Console.WriteLine($"no wrinkle drawn ({empty.Count}), counted above: {string.Join(' ', empty)}");
        if (RegionImbalance.Of(
            "", imbalance.Images.Where(image => image.Image.Wrinkle > 0), image => image.Image) is { } drawn)
            Console.WriteLine(
                $"without them: {Percent(drawn.Pooled.WrinkleShare)} % of all pixels, {Number(drawn.Pooled.Ratio)} background pixels per wrinkle pixel");
    }

    public static string Csv(ClassImbalance imbalance) =>
        CsvTable.Of(["id", "pixels", "wrinkle", "scored_pixels", "scored_wrinkle", "skin_pixels", "skin_wrinkle"],
            imbalance.Images.Select(
                image =>
                    (IReadOnlyList<string>)[
                        image.Id, .. Cells(image.Image), .. Cells(image.Scored), .. Cells(image.Skin)
                    ]));

    public static void PrintJson(ClassImbalance imbalance, string? skin, string? warning)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("schema", "rhytid.data-stats/1");
        writer.WriteString("folder", imbalance.Dataset.Folder);
        writer.WriteString("layout", imbalance.Dataset.Layout.Name);
        if (imbalance.Dataset.WrinkleValue is { } value)
            writer.WriteNumber("wrinkleValue", value);
        else
            writer.WriteNull("wrinkleValue");
        writer.WriteNumber("masks", imbalance.Images.Count);
        writer.WriteString("skin", skin);
        writer.WriteStartArray("emptyMasks");
        foreach (var id in imbalance.Empty)
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteStartArray("regions");
        foreach (var region in imbalance.Regions)
            WriteRegion(writer, region);
        writer.WriteEndArray();
        writer.WriteString("warning", warning);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    private static Table Totals(ClassImbalance imbalance)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("pixels of");
        foreach (var name in
            new[] { "photos", "all", "wrinkle", "background", "wrinkle %", "background %", "background / wrinkle" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var region in imbalance.Regions)
        {
            var counts = region.Pooled;
            table.AddRow(
                region.Name, Count(region.Images), Count(counts.Total), Count(counts.Wrinkle), Count(counts.Background),
                Percent(counts.WrinkleShare), Percent(1 - counts.WrinkleShare), Number(counts.Ratio));
        }
        return table;
    }

    private static Table Spread(ClassImbalance imbalance)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("wrinkle % per photo");
        foreach (var name in new[] { "least", "lower quartile", "median", "upper quartile", "most", "mean" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var region in imbalance.Regions)
        {
            var spread = region.PerImage;
            table.AddRow(
                region.Name, Percent(spread.Minimum), Percent(spread.LowerQuartile), Percent(spread.Median),
                Percent(spread.UpperQuartile), Percent(spread.Maximum), Percent(spread.Mean));
        }
        return table;
    }

    private static void PrintHistogram(RegionImbalance region)
    {
        var histogram = Histogram.Of([.. region.Shares.Select(share => 100 * share)], MostBins);
        Console.WriteLine($"photos by wrinkle % of the {region.Name}");
        for (var bin = 0; bin < histogram.Counts.Count; bin++)
        {
            var count = histogram.Counts[bin];
            var bar = new string(
                '#', count == 0 ? 0 : Math.Max(1, (int)Math.Round((double)LongestBar * count / histogram.Tallest)));
            Console.WriteLine(
                $"  {AxisSteps.Label(bin * histogram.BinWidth, histogram.BinWidth),6} - {AxisSteps.Label((bin + 1) * histogram.BinWidth, histogram.BinWidth),-6} {bar} {count.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static void WriteRegion(Utf8JsonWriter writer, RegionImbalance region)
    {
        var (counts, spread) = (region.Pooled, region.PerImage);
        writer.WriteStartObject();
        writer.WriteString("region", region.Name);
        writer.WriteNumber("photos", region.Images);
        writer.WriteNumber("pixels", counts.Total);
        writer.WriteNumber("wrinkle", counts.Wrinkle);
        writer.WriteNumber("background", counts.Background);
        writer.WriteNumber("wrinklePercent", 100 * counts.WrinkleShare);
        writer.WriteNumber("backgroundPercent", 100 * (1 - counts.WrinkleShare));
        // JSON has no infinity.
        if (counts.Wrinkle > 0)
            writer.WriteNumber("backgroundPerWrinkle", counts.Ratio);
        else
            writer.WriteNull("backgroundPerWrinkle");
        writer.WriteStartObject("percentPerPhoto");
        writer.WriteNumber("minimum", 100 * spread.Minimum);
        writer.WriteNumber("lowerQuartile", 100 * spread.LowerQuartile);
        writer.WriteNumber("median", 100 * spread.Median);
        writer.WriteNumber("upperQuartile", 100 * spread.UpperQuartile);
        writer.WriteNumber("maximum", 100 * spread.Maximum);
        writer.WriteNumber("mean", 100 * spread.Mean);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string[] Cells(ClassCounts? counts) => counts is { } known
        ? [known.Total.ToString(CultureInfo.InvariantCulture), known.Wrinkle.ToString(CultureInfo.InvariantCulture)]
        : ["", ""];

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double ratio) =>
        double.IsFinite(ratio) ? ratio.ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
