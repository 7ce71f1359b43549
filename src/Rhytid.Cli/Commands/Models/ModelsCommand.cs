using System.CommandLine;

namespace Rhytid.Cli.Commands.Models;

/// <summary><c>rhytid models</c>: the networks there are, and what is in weight files.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Lists the networks; looks into weight files and converts them.")
    {
        ModelsListCommand.Create(),
        ModelsInspectCommand.Create(),
        ModelsConvertCommand.Create(),
        ModelsCreateCommand.Create(),
    };
}
