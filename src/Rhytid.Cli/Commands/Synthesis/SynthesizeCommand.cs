using System.CommandLine;

namespace Rhytid.Cli.Commands.Synthesis;

/// <summary><c>rhytid synthesize</c>: pictures whose wrinkles are known exactly, because they were painted.</summary>
internal static class SynthesizeCommand
{
    public static Command Create() => new("synthesize", "Draws pictures with exact wrinkle masks.")
    {
        SynthesizePortraitsCommand.Create(),
        SynthesizeWrinklesCommand.Create(),
    };
}
