using System.CommandLine;
using Rhytid.Cli.Terminal;
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

    public static Command Create()
    {
        var folder = DataArguments.Folder();
        var output = PictureFileOption.Create("--output", ["-o"], "The contact sheet:");
        output.Required = true;
        var count = CommonOptions.Validated(
            new Option<int>("--count", "-n")
            {
                Description = "How many samples.",
                HelpName = "N",
                DefaultValueFactory = _ => 12
            },
            value => value is >= 1 and <= 10_000 ? null : "--count must be 1 to 10000");
        var ids = new Option<string?>("--ids")
        {
            Description = "Show the ids of this file, one a line, instead.",
            HelpName = "FILE"
        };
        var pick = CommonOptions.OneOf<PreviewPick>(
            "--pick",
            "Which samples: at equal distances, the first, by chance, the most or the least wrinkled; spread unless told.");
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of --pick random.",
            HelpName = "S",
            DefaultValueFactory = _ => 0
        };
        var size = CommonOptions.Validated(
            new Option<int>("--size")
            {
                Description = "Side of each picture in pixels.",
                HelpName = "PIXELS",
                DefaultValueFactory = _ => new PreviewOptions().Size
            },
            value => value is >= 64 and <= 2048 ? null : "--size must be 64 to 2048");
        var columns = CommonOptions.Validated(
            new Option<int>("--columns")
            {
                Description = "Samples side by side, three pictures each.",
                HelpName = "N",
                DefaultValueFactory = _ => new PreviewOptions().Columns
            },
            value => value is >= 1 and <= 100 ? null : "--columns must be 1 to 100");
        var threads = CommonOptions.Threads();
        var data = new DatasetOptionSet();
        var command = new Command(
            "preview",
            "Draws a contact sheet: photo, texture map, and the photo with its wrinkles in green; dim where pixels do not count.") { folder, output, count, ids, pick, seed, size, columns, threads };
        data.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(ids) is not null
                && (result.GetResult(pick) is { Implicit: false } || result.GetResult(count) is { Implicit: false }))
                result.AddError("--ids says which samples are shown; leave --pick and --count out");
        });
        command.SetAction(async (parsed, token) =>
        {
            var dataset = WrinkleDataset.Open(parsed.GetValue(folder)!, data.Read(parsed));
            var chosenPick = CommonOptions.ValueOf<PreviewPick>(parsed.GetValue(pick)) ?? PreviewPick.Spread;
            ThreadShare.Set(parsed.GetValue(count), parsed.GetValue(threads), usesTorch: false);
            var samples = parsed.GetValue(ids) is { } list
                ? PreviewSelection.Named(dataset, IdList.Load(list))
                : PreviewSelection.Choose(
                    dataset, chosenPick, parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(threads),
                    token);
            var options = new PreviewOptions
            {
                Size = parsed.GetValue(size),
                Columns = parsed.GetValue(columns),
                Skin = SkinSources.OwnOf(dataset)
            };
            if (ContactSheet.SizeOf(samples.Count, options) is var (width, height) && (long)width * height > MostPixels)
                throw new CommandException(
                    $"the sheet would have {width} x {height} pixels; show fewer samples or smaller ones");
            return await DrawAsync(
                dataset, samples, Title(dataset, samples.Count, parsed.GetValue(ids) is null ? chosenPick : null),
                options, parsed.GetValue(output)!, parsed.GetValue(threads), token);
        });
        return command;
    }

    private static async Task<int> DrawAsync(
        WrinkleDataset dataset, IReadOnlyList<WrinkleSample> samples, string title, PreviewOptions options,
        string output, int threads, CancellationToken token)
    {
        OutputFolder.Make(output);
        var failures = new FailureList();
        await PhotoProgress.RunAsync("contact sheet", samples.Count, done => Task.Run(() =>
        {
            var (sheet, failed) = ContactSheet.Draw(dataset, samples, title, options, threads, done, token);
            sheet.Save(output);
            foreach (var (id, reason) in failed)
                failures.Guard(id, () => throw new DatasetException(reason));
        }, token));
        Console.WriteLine($"written: {output} ({Counted.Of(samples.Count, "sample")})");
        return failures.Report(samples.Count);
    }

    private static string Title(WrinkleDataset dataset, int count, PreviewPick? pick)
    {
        var of = PreviewSelection.Candidates(dataset).Count;
        var which = pick switch
        {
            null => "ids of a list",
            PreviewPick.Most => "most wrinkled first",
            PreviewPick.Least => "least wrinkled first",
            PreviewPick.Random => "drawn by chance",
            PreviewPick.First => "the first ones",
            _ => "spread over the set",
        };
        return $"{new DirectoryInfo(dataset.Folder).Name}: {count} of {of} {(dataset.Labelled.Any() ? "labelled" : "unlabelled")}, {which}; photo | texture map | {(dataset.Labelled.Any() ? "wrinkles" : "skin")}";
    }
}
