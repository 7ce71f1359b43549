using System.CommandLine;

namespace Rhytid.Cli.Commands;

/// <summary>
/// <c>rhytid reference</c>, hidden: prints docs/reference/cli.md; <c>eng/make-cli-reference</c> calls it.
/// </summary>
internal static class ReferenceCommand
{
    /// <param name="root">Makes the whole tree of commands, which this one is part of.</param>
    public static Command Create(Func<Command> root)
    {
        var command = new CliCommand("reference", "Prints the reference of all commands as Markdown.") { Hidden = true };
        return command.Does(() =>
        {
            Console.Write(CommandReference.ToMarkdown(root()));
            return ExitCodes.Done;
        });
    }
}
