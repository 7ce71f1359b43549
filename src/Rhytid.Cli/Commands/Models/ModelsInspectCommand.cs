using System.Globalization;
using Rhytid.Models;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Commands.Models;

/// <summary><c>rhytid models inspect</c>: what a weight file holds. Nothing in it is executed.</summary>
internal static class ModelsInspectCommand
{
    private const int MostValues = 40;

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Lists the tensors, metadata and architecture of a weight file. Executes nothing in it.");
        var path = command.Argument("FILE", "safetensors, .pth or .pt (state dictionaries of any PyTorch).");
        var json = command.Json();
        return command.Does(() =>
        {
            using var file = CheckpointFiles.Open(path);
            if (json)
                PrintJson(file);
            else
                PrintTables(path, file);
            return ExitCodes.Done;
        });
    }

    private static void PrintTables(string path, CheckpointFile file)
    {
        var table = Tables.Create(["tensor", "type", "shape"], "values");
        foreach (var tensor in file.Tensors)
            table.Add(tensor.Name, tensor.Type.ToString(), Shape(tensor), Number(Count(tensor)));
        table.Print();
        Console.WriteLine(
            $"{Path.GetFileName(path)}: {Format(file.Format)}, {file.Tensors.Count} tensors, "
                + $"{Number(file.Tensors.Sum(Count))} values");
        foreach (var (key, value) in file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Console.WriteLine($"metadata {key}: {value}");
        foreach (var (key, value) in file.Other.Take(MostValues))
            Console.WriteLine($"beside them {key}: {value}");
        if (file.Other.Count > MostValues)
            Console.WriteLine($"beside them {file.Other.Count - MostValues} more values (--json lists all)");
        Console.WriteLine(ModelMatcher.Find(file.Tensors) is var (model, options)
            ? $"fits: {model}, {options.InChannels} -> {options.OutChannels} channels"
                + (options.Width is { } width ? $", width {width}" : "")
            : "fits: none of Rhytid's networks at their own settings (rhytid models list)");
    }

    private static void PrintJson(CheckpointFile file)
    {
        var match = ModelMatcher.Find(file.Tensors);
        Tables.PrintJson(new
        {
            schema = "rhytid.inspect/1",
            format = Format(file.Format),
            model = match?.Model,
            inChannels = match?.Options.InChannels,
            outChannels = match?.Options.OutChannels,
            width = match?.Options.Width,
            metadata = file.Metadata,
            tensors = file.Tensors.Select(
                tensor => new { name = tensor.Name, type = tensor.Type.ToString(), shape = tensor.Shape }),
            other = file.Other.Select(pair => new { name = pair.Key, value = pair.Value }),
        });
    }

    private static string Format(CheckpointFormat format) => format switch
    {
        CheckpointFormat.Safetensors => "safetensors",
        CheckpointFormat.Onnx => "ONNX (weights of convolutions and batch normalisations, in the order of the graph)",
        CheckpointFormat.PyTorchZip => "PyTorch (zip container)",
        _ => "PyTorch (stream container of before 1.6)",
    };

    private static string Shape(StoredTensor tensor) =>
        tensor.Shape.Count == 0 ? "one value" : string.Join(" x ", tensor.Shape);

    private static long Count(StoredTensor tensor) => tensor.Shape.Aggregate(1L, (product, size) => product * size);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
