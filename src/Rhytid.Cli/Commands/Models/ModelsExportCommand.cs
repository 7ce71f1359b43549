using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Shipped;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands.Models;

/// <summary><c>rhytid models export</c>: a network as an ONNX file, for ONNX Runtime and other engines.</summary>
internal sealed class ModelsExportCommand(CliCommand command)
{
    private const string Safetensors = ".safetensors";
    private const string LicenseKey = "rhytid.license";
    private const string CardKey = "rhytid.card";

    private readonly Setting<string> _model = command.Argument(
        "MODEL",
        "A safetensors file, the name of a network that ships (wrinkle), or an architecture, exported untrained.");
    private readonly Setting<string> _target = command.Argument("OUT", "The ONNX file to write.");
    private readonly Setting<bool> _withPreprocessing = command.Flag(
        "--with-preprocessing",
        "The graph takes an aligned face as bytes, H x W x 3, and computes texture map, masking and scaling too.");
    private readonly Setting<int?> _size = command.OptionalNumber<int>(
        "--size", "N", "Side in pixels of the images; any size unless given, where the network allows it.", 16, 8192);
    private readonly Setting<bool> _overwrite = command.Overwrite("Replace a file that is there.");

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(name, "Writes a network as an ONNX file (opset 18), which ONNX Runtime runs.");
        var export = new ModelsExportCommand(command);
        return command.Does(export.Run);
    }

    private int Run(CancellationToken token)
    {
        using var scope = TensorScope.Begin(token);
        CheckpointFiles.CheckTarget(_target, _overwrite, ".onnx");
        if (_model.Value + Safetensors == ShippedModels.FaceMesh)
            return ExportFaceMesh(ShippedModels.Default.PathOf(ShippedModels.FaceMesh));
        using var model = Load(_model);
        var options = new OnnxExportOptions { Size = _size, WithPreprocessing = _withPreprocessing };
        OnnxExport? export = null;
        try
        {
            CheckpointFiles.Write(_target, path => export = OnnxExporter.Export(model, path, options));
        }
        catch (ArgumentException error)
        {
            throw new CommandException($"{_model}: {ExitCodes.LineOf(error)}");
        }
        if (model.Metadata.GetValueOrDefault(NetworkHeader.SourceKey) == NetworkHeader.Untrained)
            Messages.Warning("the network is untrained: what it finds is noise");
        if (_size.Value is null && export!.Size is { } side)
            Messages.Info(
                $"What this network computes depends on the size: exported for {side} x {side} pixels; "
                    + "--size N chooses another.");
        return Tell(model.Model, export!);
    }

    private int ExportFaceMesh(string weights)
    {
        OnnxExport? export = null;
        CheckpointFiles.Write(
            _target, path => export = FaceMeshExporter.Export(weights, path, _withPreprocessing));
        if (_size.Value is { } side && side != export!.Size)
            Messages.Warning($"--size {side} has no effect: the face mesh takes {export.Size} x {export.Size} pixels");
        return Tell("face mesh", export!);
    }

    private int Tell(string network, OnnxExport export)
    {
        var (inputs, sizes) = (string.Join(", ", export.Inputs), export.Size is { } n ? $"{n} x {n}" : "any size");
        var megabytes = new FileInfo(_target).Length / 1e6;
        Console.WriteLine(
            FormattableString.Invariant(
                $"written: {_target} ({network}, {megabytes:0.0} MB; {inputs} -> {export.Output}, {sizes})"));
        return ExitCodes.Done;
    }

    // What is there as a file is the file; a name without one ships, or is an architecture.
    private static ModelFile Load(string name)
    {
        if (Path.Exists(name) || Path.GetFileName(name) != name || Path.HasExtension(name))
            return CheckpointFiles.Guard(name, ModelFile.Load);
        if (ShippedModels.Default.All.FirstOrDefault(model => model.File == name + Safetensors) is { } shipped)
            return LoadShipped(shipped);
        if (ModelCatalog.All.FirstOrDefault(model => model.Id == name) is { } architecture)
            return CreateUntrained(architecture);
        throw new CommandException(
            $"there is no model '{name}': name a weight file, one that ships ({string.Join(", ", ShippedNames)}) or "
                + $"an architecture ({string.Join(", ", ModelCatalog.All.Select(model => model.Id))})");
    }

    private static IEnumerable<string> ShippedNames => ShippedModels.Default.All
        .Where(model => model.File.EndsWith(Safetensors, StringComparison.Ordinal))
        .Select(model => model.File[..^Safetensors.Length]);

    private static ModelFile LoadShipped(ShippedModel shipped)
    {
        var model = ModelFile.Load(ShippedModels.Default.PathOf(shipped.File));
        return model with
        {
            Metadata = new Dictionary<string, string>(model.Metadata)
            {
                [LicenseKey] = shipped.License,
                [CardKey] = shipped.Card,
            },
        };
    }

    private static ModelFile CreateUntrained(ModelDescription architecture)
    {
        var options = new ModelOptions { OutChannels = architecture.DefaultOutChannels };
        return new ModelFile(
            architecture.Id, ModelCatalog.Create(architecture.Id, options),
            Preprocessing.For(architecture.Id, options.InChannels),
            new Dictionary<string, string> { [NetworkHeader.SourceKey] = NetworkHeader.Untrained });
    }
}
