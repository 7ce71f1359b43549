using System.CommandLine;
using Rhytid.Cli.Terminal;
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

    public static Command Create()
    {
        var folder = DataArguments.Folder();
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file; several are numbered: FILE-00001-of-00003.safetensors.",
            HelpName = "FILE",
            Required = true
        };
        var size = CommonOptions.Validated(
            new Option<int>("--size")
            {
                Description = "Side of all pictures in pixels; photos must be square.",
                HelpName = "N",
                DefaultValueFactory = _ => 1024
            },
            value => value is >= 16 and <= 8192 ? null : "--size must be 16 to 8192");
        var ids = new Option<string?>("--ids")
        {
            Description = "Pack only these ids, one a line: a split.",
            HelpName = "FILE"
        };
        var labelled = new Option<bool>("--labelled") { Description = "Pack only photos with a manual mask." };
        var labels = new Option<bool>("--labels")
        {
            Description = "Keep the parsing labels too, to train a face parser on."
        };
        var imageResize = CommonOptions.OneOf(
            "--image-resize", [], "How photos are resized.", "area", ["area", "lanczos"]);
        var maskResize = CommonOptions.OneOf<MaskResize>(
            "--mask-resize",
            "When a pixel of a shrunk wrinkle mask is in: any keeps thin lines, half keeps areas, area stores shares of pixels; any unless told.");
        var shardSize = CommonOptions.Validated(
            new Option<string>("--shard-size")
            {
                Description = "The most bytes of one file.",
                HelpName = "SIZE",
                DefaultValueFactory = _ => "1GB"
            },
            value =>
                ByteSize.TryParse(value, out var bytes) && bytes >= SmallestShard
                    ? null
                    : $"--shard-size '{value}' is no size of 1 MB or more; write 500MB or 1GB");
        var threads = CommonOptions.Threads();
        var overwrite = new OverwriteOption("Replace a pack that is there.");
        var data = new DatasetOptionSet();
        var command = new Command(
            "pack", "Packs photos, textures and masks into safetensors files that load fast and without OpenCV.")
        {
            folder, output, size, ids, labelled, labels, imageResize, maskResize, shardSize, threads,
        };
        overwrite.AddTo(command);
        data.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var path = parsed.GetValue(output)!;
            if (Directory.Exists(path))
                throw new CommandException($"{path} is a folder; name the file to write");
            _ = ByteSize.TryParse(parsed.GetValue(shardSize)!, out var shardBytes);
            var options = new PackOptions
            {
                Size = parsed.GetValue(size),
                ImageResize = parsed.GetValue(imageResize) == "lanczos" ? Interpolation.Lanczos : Interpolation.Area,
                MaskResize = CommonOptions.ValueOf<MaskResize>(parsed.GetValue(maskResize)) ?? MaskResize.Any,
                Labels = parsed.GetValue(labels),
                ShardBytes = shardBytes,
                Threads = parsed.GetValue(threads),
                Overwrite = overwrite.Read(parsed),
            };
            var dataset = WrinkleDataset.Open(parsed.GetValue(folder)!, data.Read(parsed));
            var samples = Choose(dataset, parsed.GetValue(ids), parsed.GetValue(labelled));
            return await RunAsync(new PackedDatasetWriter(dataset, options), path, samples, options, token);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PackedDatasetWriter writer, string path, List<WrinkleSample> samples, PackOptions options,
        CancellationToken token)
    {
        ThreadShare.Set(samples.Count, options.Threads, usesTorch: false);
        PackResult? result = null;
        await PhotoProgress.RunAsync(
            "packing", samples.Count, done => Task.Run(() => result = writer.Write(path, samples, done, token), token));
        foreach (var (id, reason) in result!.Failed)
            Messages.Error($"{id}: {reason}");
        if (result.Failed.Count > 0)
        {
            Messages.Info(
                $"{result.Failed.Count} of {Counted.Of(samples.Count, "sample")} cannot be packed, so nothing was written; mend them or leave them out with --ids");
            return ExitCodes.SomeFailed;
        }
        var bytes = result.Files.Sum(file => new FileInfo(file).Length);
        Console.WriteLine(
            $"packed {Counted.Of(result.Samples, "sample")} of {options.Size} x {options.Size} pixels into {Counted.Of(result.Files.Count, "file")} ({ByteSize.Format(bytes)}): {result.Files[0]}");
        return ExitCodes.Done;
    }

    private static List<WrinkleSample> Choose(WrinkleDataset dataset, string? list, bool labelled)
    {
        var samples =
            (labelled ? dataset.Labelled : dataset.Samples.Where(sample => sample.ImagePath is not null)).ToList();
        if (list is null)
            return samples;
        var wanted = IdList.Load(list).Select(dataset.Layout.Normalize).ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Except(samples.Select(sample => sample.Id)).ToList();
        if (missing.Count > 0)
            throw new DatasetException(
                $"{list}: {dataset.Folder} has no {(labelled ? "photo with a manual mask" : "photo")} of {string.Join(", ", missing.Take(10))}{(missing.Count > 10 ? $" and {missing.Count - 10} more" : "")}");
        return [.. samples.Where(sample => wanted.Contains(sample.Id))];
    }
}
