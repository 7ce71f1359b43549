using System.CommandLine;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands;

/// <summary>
/// <c>rhytid models convert</c>: any weight file to safetensors, ready for <c>segment --model</c> where the network is
/// known.
/// </summary>
internal static class ModelsConvertCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("FILE") { Description = "safetensors, .pth or .pt." };
        var target = new Argument<string>("OUT") { Description = "The safetensors file to write." };
        var model = new Option<string?>("--model")
        {
            Description = "The network the weights belong to; recognised where left out.",
            HelpName = "ID"
        };
        var tensorsOnly = new Option<bool>("--tensors-only")
        {
            Description = "Copy the tensors as they are; no network, no preprocessing."
        };
        var size = CommonOptions.Validated(
            new Option<int?>("--size")
            {
                Description = "Side in pixels of the faces the network was trained on.",
                HelpName = "N"
            },
            value => value is null or (>= 32 and <= 8192) ? null : "--size must lie between 32 and 8192");
        var scaling = new Option<string?>("--scaling")
        {
            Description =
                "How pixels were scaled: moon (v/255*2-1), imagenet (mean and deviation), unit (v/255), wds. The publication's unless given.",
            HelpName = "NAME"
        };
        scaling = CommonOptions.Validated(
            scaling,
            value =>
                value is "moon" or "imagenet" or "unit" or "wds"
                    ? null
                    : $"--scaling '{value}' is unknown; use moon, imagenet, unit or wds");
        var unmasked = new Option<bool>("--unmasked")
        {
            Description = "The network was trained on whole faces, not on skin alone."
        };
        var stage2 = new Option<bool>("--stage2")
        {
            Description =
                "Grow a pre-trained network to 4 channels and 2 logits: the new channel is the mean of the others, the output starts anew."
        };
        var half = new Option<bool>("--half") { Description = "Store weights in half precision: half the file." };
        var threshold = CommonOptions.Validated(
            new Option<double?>("--threshold")
            {
                Description = "Probability from which on a pixel is wrinkle; the file's own or 0.5 unless given.",
                HelpName = "T"
            },
            value => value is null or (> 0 and < 1) ? null : "--threshold must lie between 0 and 1");
        var overwrite = new OverwriteOption("Replace a file that is there.");
        var choices = new ModelChoiceOptions();
        var command = new Command("convert", "Converts weights to safetensors with all that segment --model needs.")
        {
            source, target, model, tensorsOnly, size, scaling, unmasked, stage2, half, threshold
        };
        overwrite.AddTo(command);
        choices.AddTo(command);
        command.SetAction((parsed, token) => Task.Run(() =>
        {
            using var scope = TensorScope.Begin(token);
            var path = parsed.GetValue(source)!;
            var to = parsed.GetValue(target)!;
            CheckpointFiles.CheckTarget(to, overwrite.Read(parsed));
            using var file = CheckpointFiles.Open(path);
            if (ModelFile.IsModel(file.Metadata) && !parsed.GetValue(tensorsOnly) && !parsed.GetValue(stage2))
                return Rewrite(path, to, parsed.GetValue(half), parsed.GetValue(threshold));
            if (parsed.GetValue(tensorsOnly))
            {
                if (parsed.GetValue(model) is not null)
                    throw new CommandException(
                        "--tensors-only copies tensors as they are; --model has no meaning then");
                CheckpointFiles.Write(to, target => SafetensorsWriter.Write(target, file.Tensors));
                Console.WriteLine($"written: {to} ({file.Tensors.Count} tensors as they were)");
                return ExitCodes.Done;
            }
            var found = ModelMatcher.Find(file.Tensors);
            var id = parsed.GetValue(model)?.ToLowerInvariant() ?? found?.Model
                ?? throw new CommandException(
                    $"{path}: the weights fit no network at its own settings; name it with --model and its options, or use --tensors-only",
                    ExitCodes.SomeFailed);
            var description = Describe(id);
            var grows = parsed.GetValue(stage2);
            var options = choices.Read(parsed, description, Found(found, id, grows));
            using var network = Build(id, options);
            var report = CheckpointImporter.Import(
                file, path, network, grows ? ImportOptions.Stage2 : ImportOptions.Exact);
            var preprocessing = PreprocessingOf(
                id, options.InChannels, parsed.GetValue(scaling), parsed.GetValue(size), parsed.GetValue(unmasked));
            preprocessing = preprocessing with { Threshold = parsed.GetValue(threshold) ?? preprocessing.Threshold };
            var isUntrained = file.Metadata.GetValueOrDefault(ModelFile.SourceKey) == ModelFile.Untrained
                || report.Reinitialized.Count > 0;
            var origin = isUntrained ? ModelFile.Untrained : Path.GetFileName(path);
            token.ThrowIfCancellationRequested();
            var saved = new ModelFile(
                id, network, preprocessing, new Dictionary<string, string> { [ModelFile.SourceKey] = origin });
            CheckpointFiles.Write(to, target => saved.Save(target, parsed.GetValue(half)));
            Console.WriteLine($"{id}, {options.InChannels} -> {options.OutChannels} channels: {report}");
            Console.WriteLine(
                $"written: {to} (faces of {preprocessing.Size} pixels, {(preprocessing.Masked ? "skin only" : "whole face")}, {Scaling(preprocessing)}; check this against the weights' own description)");
            return ExitCodes.Done;
        }));
        return command;
    }

    // A network of ours knows itself: only how it is stored and where it is cut can change.
    private static int Rewrite(string path, string to, bool half, double? threshold)
    {
        using var model = CheckpointFiles.Guard(path, ModelFile.Load);
        var changed = model with
        {
            Preprocessing = model.Preprocessing with { Threshold = threshold ?? model.Preprocessing.Threshold }
        };
        CheckpointFiles.Write(to, target => changed.Save(target, half));
        Console.WriteLine(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"written: {to} ({model.Model}{(half ? ", half precision" : "")}, {new FileInfo(to).Length / 1e6:0.0} MB)"));
        return ExitCodes.Done;
    }

    // What the file says, unless it is about to grow from stage 1 to stage 2.
    private static ModelOptions? Found((string Model, ModelOptions Options)? found, string id, bool grows)
    {
        var options = found is { } match && match.Model == id ? match.Options : null;
        return grows ? (options ?? new ModelOptions()) with { InChannels = 4, OutChannels = 2 } : options;
    }

    private static string Scaling(Preprocessing preprocessing) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"(v/255 - {string.Join(' ', preprocessing.Mean.Distinct())}) / {string.Join(' ', preprocessing.Deviation.Distinct())}");

    internal static ModelDescription Describe(string id)
    {
        try
        {
            return ModelCatalog.Get(id.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            throw new CommandException(
                $"there is no model '{id}'; one of: {string.Join(", ", ModelCatalog.All.Select(entry => entry.Id))}");
        }
    }

    internal static Network Build(string id, ModelOptions options, bool initialize = true)
    {
        try
        {
            return ModelCatalog.Create(id, options, initialize);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(e.Message.Split(" (Parameter")[0]);
        }
    }

    private static Preprocessing PreprocessingOf(string id, int channels, string? scaling, int? size, bool unmasked)
    {
        var own = Preprocessing.For(id, channels);
        double[] All(double value) => [.. Enumerable.Repeat(value, channels)];
        var scaled = scaling switch
        {
            null => own,
            "moon" => own with { Mean = All(0.5), Deviation = All(0.5) },
            "unit" => own with { Mean = All(0), Deviation = All(1) },
            "wds" => own with { Mean = All(0.5), Deviation = All(0.25) },
            _ => channels == 3
                ? own with { Mean = Preprocessing.ImageNet.Mean, Deviation = Preprocessing.ImageNet.Deviation }
                : throw new CommandException("--scaling imagenet is for 3 input channels"),
        };
        return scaled with { Size = size ?? own.Size, Masked = own.Masked && !unmasked };
    }
}
