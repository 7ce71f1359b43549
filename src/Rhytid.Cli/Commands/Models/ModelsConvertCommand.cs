using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Commands.Models;

/// <summary>
/// <c>rhytid models convert</c>: any weight file to safetensors, ready for <c>segment --model</c> where the network is
/// known.
/// </summary>
internal sealed class ModelsConvertCommand(CliCommand command)
{
    private const string ImageNet = "imagenet";

    // By which mean and deviation pixels of 0 to 1 were scaled.
    private static readonly Dictionary<string, (double Mean, double Deviation)> Scalings = new()
    {
        ["moon"] = (0.5, 0.5),
        ["unit"] = (0, 1),
        ["wds"] = (0.5, 0.25),
    };

    private readonly Setting<string> _source = command.Argument("FILE", "safetensors, .pth or .pt.");
    private readonly Setting<string> _target = command.Argument("OUT", "The safetensors file to write.");
    private readonly Setting<string?> _model = command.Text(
        "--model", "ID", "The network the weights belong to; recognised where left out.");
    private readonly Setting<bool> _tensorsOnly = command.Flag(
        "--tensors-only", "Copy the tensors as they are; no network, no preprocessing.");
    private readonly Setting<int?> _size = command.OptionalNumber<int>(
        "--size", "N", "Side in pixels of the faces the network was trained on.", 32, 8192);
    private readonly Setting<string?> _scaling = command.Text(
        "--scaling", "NAME",
        "How pixels were scaled: moon (v/255*2-1), imagenet (mean and deviation), unit (v/255), wds. The publication's "
            + "unless given.",
        name => name == ImageNet || Scalings.ContainsKey(name)
            ? null
            : $"--scaling '{name}' is unknown; use moon, imagenet, unit or wds");
    private readonly Setting<bool> _unmasked = command.Flag(
        "--unmasked", "The network was trained on whole faces, not on skin alone.");
    private readonly Setting<bool> _stage2 = command.Flag(
        "--stage2",
        "Grow a pre-trained network to 4 channels and 2 logits: the new channel is the mean of the others, the output "
            + "starts anew.");
    private readonly Setting<bool> _half = command.Flag(
        "--half", "Store weights in half precision: half the file.");
    private readonly Setting<double?> _threshold = command.OptionalNumber<double>(
        "--threshold", "T", "Probability from which on a pixel is wrinkle; the file's own or 0.5 unless given.");
    private readonly Setting<bool> _overwrite = command.Overwrite("Replace a file that is there.");
    private readonly ModelChoiceOptions _choices = new(command);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(name, "Converts weights to safetensors with all that segment --model needs.");
        var convert = new ModelsConvertCommand(command);
        command.Check(() => convert._threshold.Value is null or (> 0 and < 1)
            ? null
            : "--threshold must be above 0 and below 1");
        command.Check(() => convert._tensorsOnly && convert._model.IsGiven
            ? "--tensors-only copies tensors as they are; --model has no meaning then"
            : null);
        return command.Does(convert.Run);
    }

    private int Run(CancellationToken token)
    {
        using var scope = TensorScope.Begin(token);
        string from = _source, to = _target;
        CheckpointFiles.CheckTarget(to, _overwrite);
        using var file = CheckpointFiles.Open(from);
        if (_tensorsOnly)
            return CopyTensors(file, to);
        if (NetworkHeader.IsIn(file.Metadata) && !_stage2)
            return Rewrite(from, to, _half, _threshold);
        var found = ModelMatcher.Find(file.Tensors);
        var id = _model.Value?.ToLowerInvariant() ?? found?.Model
            ?? throw new CommandException(
                $"{from}: the weights fit no network at its own settings; "
                    + "name it with --model and its options, or use --tensors-only",
                ExitCodes.SomeFailed);
        var options = _choices.Read(ModelChoiceOptions.Describe(id), Found(found, id, _stage2));
        using var network = ModelChoiceOptions.Build(id, options);
        var report = CheckpointImporter.Import(
            file, from, network, _stage2 ? ImportOptions.Stage2 : ImportOptions.Exact);
        var preprocessing = Scale(Preprocessing.For(id, options.InChannels), options.InChannels, _scaling);
        preprocessing = preprocessing with
        {
            Size = _size.Value ?? preprocessing.Size,
            Masked = preprocessing.Masked && !_unmasked,
            Threshold = _threshold.Value ?? preprocessing.Threshold,
        };
        var isUntrained = file.Metadata.GetValueOrDefault(NetworkHeader.SourceKey) == NetworkHeader.Untrained
            || report.Reinitialized.Count > 0;
        var origin = isUntrained ? NetworkHeader.Untrained : Path.GetFileName(from);
        token.ThrowIfCancellationRequested();
        var saved = new ModelFile(
            id, network, preprocessing, new Dictionary<string, string> { [NetworkHeader.SourceKey] = origin });
        CheckpointFiles.Write(to, path => saved.Save(path, _half));
        Console.WriteLine($"{id}, {options.InChannels} -> {options.OutChannels} channels: {report}");
        Console.WriteLine(
            $"written: {to} ({Describe(preprocessing)}; check this against the weights' own description)");
        return ExitCodes.Done;
    }

    private static int CopyTensors(CheckpointFile file, string to)
    {
        CheckpointFiles.Write(to, path => SafetensorsWriter.Write(path, file.Tensors));
        Console.WriteLine($"written: {to} ({file.Tensors.Count} tensors as they were)");
        return ExitCodes.Done;
    }

    // A network of ours knows itself: only how it is stored and where it is cut can change.
    private static int Rewrite(string from, string to, bool half, double? threshold)
    {
        using var model = CheckpointFiles.Guard(from, ModelFile.Load);
        var changed = model with
        {
            Preprocessing = model.Preprocessing with { Threshold = threshold ?? model.Preprocessing.Threshold }
        };
        CheckpointFiles.Write(to, path => changed.Save(path, half));
        var (precision, megabytes) = (half ? ", half precision" : "", new FileInfo(to).Length / 1e6);
        Console.WriteLine(FormattableString.Invariant($"written: {to} ({model.Model}{precision}, {megabytes:0.0} MB)"));
        return ExitCodes.Done;
    }

    // What the file says, unless it is about to grow from stage 1 to stage 2.
    private static ModelOptions? Found((string Model, ModelOptions Options)? found, string id, bool grows)
    {
        var options = found is { } match && match.Model == id ? match.Options : null;
        return grows ? (options ?? new ModelOptions()) with { InChannels = 4, OutChannels = 2 } : options;
    }

    private static Preprocessing Scale(Preprocessing own, int channels, string? scaling)
    {
        if (scaling is null)
            return own;
        if (scaling != ImageNet)
            return own with { Mean = All(Scalings[scaling].Mean), Deviation = All(Scalings[scaling].Deviation) };
        return channels == 3
            ? own with { Mean = Preprocessing.ImageNet.Mean, Deviation = Preprocessing.ImageNet.Deviation }
            : throw new CommandException("--scaling imagenet is for 3 input channels");

        double[] All(double value) => [.. Enumerable.Repeat(value, channels)];
    }

    private static string Describe(Preprocessing preprocessing)
    {
        var (mean, deviation) = (preprocessing.Mean.Distinct(), preprocessing.Deviation.Distinct());
        return $"faces of {preprocessing.Size} pixels, {(preprocessing.Masked ? "skin only" : "whole face")}, "
            + FormattableString.Invariant($"(v/255 - {string.Join(' ', mean)}) / {string.Join(' ', deviation)}");
    }
}
