using System.CommandLine;
using Rhytid.Models;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid models convert</c>: any weight file to safetensors, ready for <c>segment --model</c> where the network is known.</summary>
internal static class ModelsConvertCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("FILE") { Description = "safetensors, .pth or .pt." };
        var target = new Argument<string>("OUT") { Description = "The safetensors file to write." };
        var model = new Option<string?>("--model") { Description = "The network the weights belong to; recognised where left out.", HelpName = "ID" };
        var tensorsOnly = new Option<bool>("--tensors-only") { Description = "Copy the tensors as they are; no network, no preprocessing." };
        var size = CommonOptions.Validated(new Option<int?>("--size") { Description = "Side in pixels of the faces the network was trained on.", HelpName = "N" },
            value => value is null or (>= 32 and <= 8192) ? null : "--size must lie between 32 and 8192");
        var scaling = new Option<string?>("--scaling") { Description = "How pixels were scaled: moon (v/255*2-1), imagenet (mean and deviation), unit (v/255), wds. The publication's unless given.", HelpName = "NAME" };
        scaling.AcceptOnlyFromAmong("moon", "imagenet", "unit", "wds");
        var unmasked = new Option<bool>("--unmasked") { Description = "The network was trained on whole faces, not on skin alone." };
        var stage2 = new Option<bool>("--stage2") { Description = "Grow a pre-trained network: a fourth input channel by the mean, the output started anew (give --in 4 --out-channels 2)." };
        var force = new Option<bool>("--force") { Description = "Overwrite the target." };
        var choices = new ModelChoiceOptions();
        var command = new Command("convert", "Converts weights to safetensors with all that segment --model needs.") { source, target, model, tensorsOnly, size, scaling, unmasked, stage2, force };
        choices.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(source)!;
            var to = parsed.GetValue(target)!;
            CheckpointFiles.CheckTarget(to, parsed.GetValue(force));
            using var file = CheckpointFiles.Open(path);
            if (parsed.GetValue(tensorsOnly))
            {
                SafetensorsWriter.Write(to, file.Tensors);
                Console.WriteLine($"written: {to} ({file.Tensors.Count} tensors as they were)");
                return ExitCodes.Done;
            }
            var found = ModelMatcher.Find(file.Tensors);
            var id = parsed.GetValue(model) ?? found?.Model
                ?? throw new CommandException($"{path}: the weights fit no network at its own settings; name it with --model and its options, or use --tensors-only", ExitCodes.SomeFailed);
            var description = Describe(id);
            var options = choices.Read(parsed, description, found is { } match && match.Model == id ? match.Options : null);
            using var network = Build(id, options);
            var report = CheckpointImporter.Import(file, path, network, parsed.GetValue(stage2) ? ImportOptions.Stage2 : ImportOptions.Exact);
            var preprocessing = PreprocessingOf(id, options.InChannels, parsed.GetValue(scaling), parsed.GetValue(size), parsed.GetValue(unmasked));
            // The network stays ours to dispose: the file object is only a view of it here.
            new ModelFile(id, network, preprocessing, new Dictionary<string, string> { [ModelFile.SourceKey] = Path.GetFileName(path) }).Save(to);
            Console.WriteLine($"{id}, {options.InChannels} -> {options.OutChannels} channels: {report}");
            Console.WriteLine($"written: {to} ({preprocessing.Size} pixels, {(preprocessing.Masked ? "skin only" : "whole face")}; check this against the weights' own description)");
            return ExitCodes.Done;
        });
        return command;
    }

    internal static ModelDescription Describe(string id)
    {
        try
        {
            return ModelCatalog.Get(id);
        }
        catch (ArgumentException)
        {
            throw new CommandException($"there is no model '{id}'; one of: {string.Join(", ", ModelCatalog.All.Select(entry => entry.Id))}");
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
