using System.CommandLine;
using System.Globalization;
using Rhytid.Models;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid models create</c>: an untrained network, for trying things and as a start.</summary>
internal static class ModelsCreateCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("MODEL") { Description = "The architecture; rhytid models list names them." };
        var target = new Argument<string>("OUT") { Description = "The safetensors file to write." };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Where the random weights begin.",
            HelpName = "N",
            DefaultValueFactory = _ => 0
        };
        var overwrite = new OverwriteOption("Replace a file that is there.");
        var choices = new ModelChoiceOptions();
        var command = new Command("create", "Writes an untrained network with random weights: its wrinkles are noise.")
        {
            id, target, seed
        };
        overwrite.AddTo(command);
        choices.AddTo(command);
        command.SetAction((parsed, token) => Task.Run(() =>
        {
            using var scope = TensorScope.Begin(token);
            var to = parsed.GetValue(target)!;
            CheckpointFiles.CheckTarget(to, overwrite.Read(parsed));
            var model = ModelsConvertCommand.Describe(parsed.GetValue(id)!);
            var options = choices.Read(parsed, model);
            TorchRuntime.Seed(parsed.GetValue(seed));
            using var network = ModelsConvertCommand.Build(model.Id, options);
            var file = new ModelFile(
                model.Id, network, Preprocessing.For(model.Id, options.InChannels),
                new Dictionary<string, string> { [ModelFile.SourceKey] = ModelFile.Untrained });
            token.ThrowIfCancellationRequested();
            CheckpointFiles.Write(to, target => file.Save(target));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"written: {to} ({network.Parameters.CountParameters():N0} untrained parameters)"));
            return ExitCodes.Done;
        }));
        return command;
    }
}
