using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Models;
using Rhytid.Torch.Serialization;
using Spectre.Console;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid models inspect</c>: what a weight file holds. Nothing in it is executed.</summary>
internal static class ModelsInspectCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var path = new Argument<string>("FILE")
        {
            Description = "safetensors, .pth or .pt (state dictionaries of any PyTorch)."
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of tables." };
        var command = new Command(
            "inspect",
            "Lists the tensors, metadata and architecture of a weight file. Executes nothing in it.") { path, json };
        command.SetAction(parsed =>
        {
            using var file = CheckpointFiles.Open(parsed.GetValue(path)!);
            if (parsed.GetValue(json))
                PrintJson(file);
            else
                PrintTables(parsed.GetValue(path)!, file);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void PrintTables(string path, CheckpointFile file)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn(new TableColumn("tensor").NoWrap())
            .AddColumn("type")
            .AddColumn("shape");
        table.AddColumn(new TableColumn("values").RightAligned());
        foreach (var tensor in file.Tensors)
            table.AddRow(
                Markup.Escape(tensor.Name), tensor.Type.ToString(), Shape(tensor),
                Count(tensor).ToString("N0", CultureInfo.InvariantCulture));
        Messages.ForResults.Write(table);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(path)}: {Format(file.Format)}, {file.Tensors.Count} tensors, {file.Tensors.Sum(Count):N0} values"));
        foreach (var (key, value) in file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Console.WriteLine($"metadata {key}: {value}");
        foreach (var (key, value) in file.Other.Take(40))
            Console.WriteLine($"beside them {key}: {value}");
        if (file.Other.Count > 40)
            Console.WriteLine($"beside them {file.Other.Count - 40} more values (--json lists all)");
        Console.WriteLine(ModelMatcher.Find(file.Tensors) is { } match
            ? $"fits: {match.Model}, {match.Options.InChannels} -> {match.Options.OutChannels} channels{(match.Options.Width is { } width ? $", width {width}" : "")}"
            : "fits: none of Rhytid's networks at their own settings (rhytid models list)");
    }

    private static void PrintJson(CheckpointFile file)
    {
        var match = ModelMatcher.Find(file.Tensors);
        Console.WriteLine(JsonSerializer.Serialize(new
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
        }, Indented));
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
}
