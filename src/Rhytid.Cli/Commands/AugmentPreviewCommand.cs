using System.CommandLine;
using Rhytid.Cli.Commands.Data;
using Rhytid.Imaging;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Augmentation.Previews;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid augment-preview</c>: what a recipe's augmentation does to a sample.</summary>
internal static class AugmentPreviewCommand
{
    // One that does nothing is not worth a look.
    private static readonly string[] Presets =
    [
        .. AugmentationPresets.All.Where(preset => preset.Operations.Any()).Select(preset => preset.Name)
    ];

    public static Command Create()
    {
        var path = new Argument<string>("DIR|PHOTO") { Description = "A data set's folder, or one photo." };
        var output = PictureFileOption.Create("--output", ["-o"], "The sheet:");
        output.Required = true;
        var preset = CommonOptions.OneOf("--preset", [], "Whose augmentation.", "moon", Presets);
        var seed = new Option<int>("--seed")
        {
            Description = "The run's seed: training with it draws the same.",
            HelpName = "S",
            DefaultValueFactory = _ => 0
        };
        var count = CommonOptions.Validated(
            new Option<int>("--count", "-n")
            {
                Description = "How many epochs' draws.",
                HelpName = "N",
                DefaultValueFactory = _ => new AugmentationSheetOptions().Draws
            },
            value => value is >= 0 and <= 200 ? null : "--count must be 0 to 200");
        var size = CommonOptions.Validated(
            new Option<int>("--size")
            {
                Description = "Longer side of each picture in pixels.",
                HelpName = "PIXELS",
                DefaultValueFactory = _ => new AugmentationSheetOptions().Size
            },
            value => value is >= 64 and <= 1024 ? null : "--size must be 64 to 1024");
        var id = new Option<string?>("--id")
        {
            Description = "Which sample of a data set; the first labelled one unless given.",
            HelpName = "ID"
        };
        var mask = new Option<string?>("--mask")
        {
            Description = "The wrinkles of a single photo; found by the default method unless given.",
            HelpName = "FILE"
        };
        var data = new DatasetOptionSet();
        var command = new Command(
            "augment-preview",
            "Draws what augmentation does to a sample: each operation alone, then whole draws.")
            {
                path, output, preset, seed, count, size, id, mask
            };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            var sample = Directory.Exists(parsed.GetValue(path))
                ? FromSet(
                    WrinkleDataset.Open(parsed.GetValue(path)!, data.Read(parsed)), parsed.GetValue(id),
                    parsed.GetValue(mask))
                : FromPhoto(parsed.GetValue(path)!, parsed.GetValue(id), parsed.GetValue(mask));
            var options = new AugmentationSheetOptions
            {
                Size = parsed.GetValue(size),
                Draws = parsed.GetValue(count),
                Seed = parsed.GetValue(seed)
            };
            var sheet = AugmentationSheet.Draw(
                sample.Photo, sample.Mask, sample.Scored, sample.Id,
                AugmentationPresets.Named(parsed.GetValue(preset)!), options);
            OutputFolder.Make(parsed.GetValue(output)!);
            sheet.Save(parsed.GetValue(output)!);
            Console.WriteLine($"written: {parsed.GetValue(output)} ({sample.Id})");
            return ExitCodes.Done;
        });
        return command;
    }

    private static PreviewSample FromSet(WrinkleDataset dataset, string? id, string? mask)
    {
        if (mask is not null)
            throw new CommandException("--mask is for a single photo; a data set has its own");
        var sample = id is not null
            ? PreviewSelection.Named(dataset, [id])[0]
            : PreviewSelection.Candidates(dataset).FirstOrDefault(candidate => candidate.ImagePath is not null)
                ?? throw new DatasetException(
                    $"{dataset.Folder}: there are no photos in it; name their folder with --photos");
        var truth = sample.MaskPath is null ? null : dataset.LoadMask(sample);
        return Checked(
            new PreviewSample(sample.Id, SampleFiles.LoadPhoto(sample), truth, SampleFiles.LoadScoredRegion(sample)));
    }

    private static PreviewSample FromPhoto(string path, string? id, string? mask)
    {
        if (id is not null)
            throw new CommandException("--id chooses a sample of a data set; leave it out for a single photo");
        var photo = SampleFiles.Load(path, static path => Image.Load(path));
        var wrinkles = mask is not null
            ? SampleFiles.LoadMask(mask)
            : WrinkleSegmenter.Load().Segment(photo).WrinkleMask;
        return Checked(new PreviewSample(Path.GetFileNameWithoutExtension(path), photo, wrinkles, Scored: null));
    }

    private static PreviewSample Checked(PreviewSample sample)
    {
        foreach (var (name, mask) in new[] { ("mask", sample.Mask), ("scored region", sample.Scored) })
            if (mask is not null && (mask.Width, mask.Height) != (sample.Photo.Width, sample.Photo.Height))
                throw new DatasetException(
                    $"{sample.Id}: the {name} has {mask.Width} x {mask.Height} pixels, the photo {sample.Photo.Width} x {sample.Photo.Height}");
        return sample;
    }

    private sealed record PreviewSample(string Id, Image Photo, Mask? Mask, Mask? Scored);
}
