using Rhytid.Imaging;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>rhytid data pack</c>: a data set as safetensors files, for training without a decoder of pictures.
/// </summary>
internal static class DataPackCommand
{
    private const long SmallestShard = 1_000_000;
    private const int MostTold = 10;

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Packs photos, textures and masks into safetensors files that load fast and without OpenCV.");
        var folder = command.DatasetFolder();
        var output = command.Required(
            "--output, -o", "FILE", "The file; several are numbered: FILE-00001-of-00003.safetensors.");
        var size = command.Number(
            "--size", "N", "Side of all pictures in pixels; photos must be square.", 1024, 16, 8192);
        var ids = command.File("--ids", "Pack only these ids, one a line: a split.");
        var labelled = command.Flag("--labelled", "Pack only photos with a manual mask.");
        var labels = command.Flag("--labels", "Keep the parsing labels too, to train a face parser on.");
        var imageResize = command.Choice(
            "--image-resize", "How photos are resized.", Interpolation.Area,
            [("area", Interpolation.Area), ("lanczos", Interpolation.Lanczos)]);
        var maskResize = command.Choice(
            "--mask-resize",
            "When a pixel of a shrunk wrinkle mask is in: any keeps thin lines, half keeps areas, area stores shares "
                + "of pixels.",
            MaskResize.Any);
        var shardSize = command.Parsed(
            "--shard-size", "SIZE", "The most bytes of one file.", "1GB",
            (string text, out long bytes) => ByteSize.TryParse(text, out bytes) && bytes >= SmallestShard,
            "is no size of 1 MB or more; write 500MB or 1GB");
        var threads = command.Threads();
        var overwrite = command.Overwrite("Replace a pack that is there.");
        var data = new DatasetOptionSet(command);
        return command.Does(async token =>
        {
            if (Directory.Exists(output))
                throw new CommandException($"{output.Value} is a folder; name the file to write");
            var options = new PackOptions
            {
                Size = size,
                ImageResize = imageResize,
                MaskResize = maskResize,
                Labels = labels,
                ShardBytes = shardSize,
                Threads = threads,
                Overwrite = overwrite,
            };
            var dataset = data.Open(folder);
            var samples = Choose(dataset, ids, labelled);
            var writer = new PackedDatasetWriter(dataset, options);
            ThreadShare.Set(samples.Count, threads);
            var result = await PhotoProgress.RunAsync(
                "packing", samples.Count, done => writer.Write(output, samples, done, token));
            return Tell(result, samples.Count, size);
        });
    }

    private static int Tell(PackResult result, int samples, int size)
    {
        foreach (var (id, reason) in result.Failed)
            Messages.Error($"{id}: {reason}");
        if (result.Failed.Count > 0)
        {
            Messages.Info(
                $"{result.Failed.Count} of {Counted.Of(samples, "sample")} cannot be packed, so nothing was written; "
                    + "mend them or leave them out with --ids");
            return ExitCodes.SomeFailed;
        }
        var bytes = ByteSize.Format(result.Files.Sum(file => new FileInfo(file).Length));
        Console.WriteLine(
            $"packed {Counted.Of(result.Samples, "sample")} of {size} x {size} pixels into "
                + $"{Counted.Of(result.Files.Count, "file")} ({bytes}): {result.Files[0]}");
        return ExitCodes.Done;
    }

    private static List<WrinkleSample> Choose(WrinkleDataset dataset, string? list, bool labelled)
    {
        var samples =
            (labelled ? dataset.Labelled : dataset.Samples.Where(sample => sample[Channel.Photo] is not null)).ToList();
        if (list is null)
            return samples;
        var wanted = IdList.Load(list).Select(dataset.Layout.Normalize).ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Except(samples.Select(sample => sample.Id)).ToList();
        if (missing.Count > 0)
            throw new DatasetException(
                $"{list}: {dataset.Folder} has no {(labelled ? "photo with a manual mask" : "photo")} of "
                    + AnnotatorOptionSet.Some(missing, MostTold, ", "));
        return [.. samples.Where(sample => wanted.Contains(sample.Id))];
    }
}
