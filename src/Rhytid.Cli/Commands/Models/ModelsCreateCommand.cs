using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands.Models;

/// <summary><c>rhytid models create</c>: an untrained network, for trying things and as a start.</summary>
internal static class ModelsCreateCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Writes an untrained network with random weights: its wrinkles are noise.");
        var id = command.Argument("MODEL", "The architecture; rhytid models list names them.");
        var target = command.Argument("OUT", "The safetensors file to write.");
        var seed = command.Number("--seed", "N", "Where the random weights begin.", 0UL);
        var overwrite = command.Overwrite("Replace a file that is there.");
        var choices = new ModelChoiceOptions(command);
        return command.Does(token =>
        {
            using var scope = TensorScope.Begin(token);
            CheckpointFiles.CheckTarget(target, overwrite);
            var model = ModelChoiceOptions.Describe(id);
            var options = choices.Read(model);
            TorchRuntime.Seed(seed);
            using var network = ModelChoiceOptions.Build(model.Id, options);
            var file = new ModelFile(
                model.Id, network, Preprocessing.For(model.Id, options.InChannels),
                new Dictionary<string, string> { [NetworkHeader.SourceKey] = NetworkHeader.Untrained });
            token.ThrowIfCancellationRequested();
            CheckpointFiles.Write(target, path => file.Save(path));
            var parameters = network.Parameters.CountParameters();
            Console.WriteLine(
                FormattableString.Invariant($"written: {target.Value} ({parameters:N0} untrained parameters)"));
            return ExitCodes.Done;
        });
    }
}
