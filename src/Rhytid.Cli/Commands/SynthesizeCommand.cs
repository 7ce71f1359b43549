using System.CommandLine;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid synthesize</c>: pictures of the project's own.</summary>
internal static class SynthesizeCommand
{
    public static Command Create()
    {
        var command = new Command("synthesize", "Draws pictures with exact wrinkle masks.");
        return command;
    }
}
