using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data preview</c>: a contact sheet of a set.</summary>
internal static class DataPreviewCommand
{
    // As for photos that are read: a sheet that nothing can open helps nobody.
    private const long MostPixels = 100_000_000;

    private static readonly PreviewOptions Defaults = new();

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Draws a contact sheet: photo, texture map, and the photo with its wrinkles in green; dim where pixels do "
                + "not count.");
        var folder = command.DatasetFolder();
        var output = command.Picture("--output, -o", "The contact sheet:", isRequired: true);
        var count = command.Number("--count, -n", "N", "How many samples.", 12, 1, 10_000);
        var ids = command.File("--ids", "Show the ids of this file, one a line, instead.");
        var pick = command.Choice(
            "--pick", "Which samples: at equal distances, the first, by chance, the most or the least wrinkled.",
            PreviewPick.Spread);
        var seed = command.Seed("Seed of --pick random.");
        var size = command.Number("--size", "PIXELS", "Side of each picture in pixels.", Defaults.Size, 64, 2048);
        var columns = command.Number(
            "--columns", "N", "Samples side by side, three pictures each.", Defaults.Columns, 1, 100);
        var threads = command.Threads();
        var data = new DatasetOptionSet(command);
        command.Check(() => ids.IsGiven && (pick.IsGiven || count.IsGiven)
            ? "--ids says which samples are shown; leave --pick and --count out"
            : null);
        return command.Does(async token =>
        {
            var dataset = data.Open(folder);
            ThreadShare.Set(count, threads);
            var samples = ids.Value is { } list
                ? PreviewSelection.Named(dataset, IdList.Load(list))
                : PreviewSelection.Choose(dataset, pick, count, seed, threads, token);
            var options = new PreviewOptions { Size = size, Columns = columns, Skin = SkinSources.OwnOf(dataset) };
            if (ContactSheet.SizeOf(samples.Count, options) is var (width, height) && (long)width * height > MostPixels)
                throw new CommandException(
                    $"the sheet would have {width} x {height} pixels; show fewer samples or smaller ones");
            var title = Title(dataset, samples.Count, ids.IsGiven ? "ids of a list" : Words(pick));
            OutputFolder.Make(output.Value!);
            var (sheet, failed) = await PhotoProgress.RunAsync(
                "contact sheet", samples.Count,
                done => ContactSheet.Draw(dataset, samples, title, options, threads, done, token));
            sheet.Save(output.Value!);
            Console.WriteLine($"written: {output.Value} ({Counted.Of(samples.Count, "sample")})");
            var failures = new FailureList();
            foreach (var (id, reason) in failed)
                failures.Add(id, reason);
            return failures.Report(samples.Count);
        });
    }

    private static string Words(PreviewPick pick) => pick switch
    {
        PreviewPick.Most => "most wrinkled first",
        PreviewPick.Least => "least wrinkled first",
        PreviewPick.Random => "drawn by chance",
        PreviewPick.First => "the first ones",
        _ => "spread over the set",
    };

    private static string Title(WrinkleDataset dataset, int count, string which)
    {
        var (kind, third) = dataset.Labelled.Any() ? ("labelled", "wrinkles") : ("unlabelled", "skin");
        return $"{new DirectoryInfo(dataset.Folder).Name}: {count} of {PreviewSelection.Candidates(dataset).Count} "
            + $"{kind}, {which}; photo | texture map | {third}";
    }
}
