using Rhytid.Imaging;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Augmentation.Previews;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid augment-preview</c>: what a recipe's augmentation does to a sample.</summary>
internal static class AugmentPreviewCommand
{
    private static readonly AugmentationSheetOptions Defaults = new();

    private sealed record PreviewSample(string Id, Image Photo, Mask? Mask, Mask? Scored);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Draws what augmentation does to a sample: each operation alone, then whole draws.");
        var path = command.Argument("DIR|PHOTO", "A data set's folder, or one photo.");
        var output = command.Picture("--output, -o", "The sheet:", isRequired: true);
        // One that does nothing is not worth a look.
        var preset = command.Choice(
            "--preset", "Whose augmentation.", "moon",
            AugmentationPresets.All.Where(preset => preset.Operations.Any()).Select(preset => preset.Name));
        var seed = command.Seed("The run's seed: training with it draws the same.");
        var count = command.Number("--count, -n", "N", "How many epochs' draws.", Defaults.Draws, 0, 200);
        var size = command.Number(
            "--size", "PIXELS", "Longer side of each picture in pixels.", Defaults.Size, 64, 1024);
        var id = command.Text("--id", "ID", "Which sample of a data set; the first labelled one unless given.");
        var mask = command.File(
            "--mask", "The wrinkles of a single photo; found by the default method unless given.");
        var data = new DatasetOptionSet(command);
        return command.Does(() =>
        {
            var isSet = Directory.Exists(path);
            if (isSet && mask.IsGiven)
                throw new CommandException("--mask is for a single photo; a data set has its own");
            if (!isSet && id.IsGiven)
                throw new CommandException("--id chooses a sample of a data set; leave it out for a single photo");
            var sample = isSet ? FromSet(data.Open(path), id) : FromPhoto(path, mask);
            RequireSize(sample, "mask", sample.Mask);
            RequireSize(sample, "scored region", sample.Scored);
            var options = new AugmentationSheetOptions { Size = size, Draws = count, Seed = seed };
            var sheet = AugmentationSheet.Draw(
                sample.Photo, sample.Mask, sample.Scored, sample.Id, AugmentationPresets.Named(preset), options);
            OutputFolder.Make(output.Value!);
            sheet.Save(output.Value!);
            Console.WriteLine($"written: {output.Value} ({sample.Id})");
            return ExitCodes.Done;
        });
    }

    private static PreviewSample FromSet(WrinkleDataset dataset, string? id)
    {
        var sample = id is not null
            ? PreviewSelection.Named(dataset, [id])[0]
            : PreviewSelection.Candidates(dataset).FirstOrDefault(candidate => candidate[Channel.Photo] is not null)
                ?? throw new DatasetException(
                    $"{dataset.Folder}: there are no photos in it; name their folder with --photos");
        var truth = sample[Channel.Wrinkles] is null ? null : dataset.LoadMask(sample);
        return new PreviewSample(
            sample.Id, SampleFiles.LoadPhoto(sample), truth, SampleFiles.LoadScoredRegion(sample));
    }

    private static PreviewSample FromPhoto(string path, string? mask)
    {
        var photo = SampleFiles.Load(path, static path => Image.Load(path));
        var wrinkles = mask is not null
            ? SampleFiles.LoadMask(mask)
            : WrinkleSegmenter.Load().Segment(photo).WrinkleMask;
        return new PreviewSample(Path.GetFileNameWithoutExtension(path), photo, wrinkles, Scored: null);
    }

    private static void RequireSize(PreviewSample sample, string name, Mask? mask)
    {
        var photo = sample.Photo;
        if (mask is not null && (mask.Width, mask.Height) != (photo.Width, photo.Height))
            throw new DatasetException(
                $"{sample.Id}: the {name} has {mask.Width} x {mask.Height} pixels, "
                    + $"the photo {photo.Width} x {photo.Height}");
    }
}
