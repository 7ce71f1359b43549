using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rhytid.Cli.Terminal;

/// <summary>Lines for people go to standard error, results to standard output.</summary>
internal static class Messages
{
    private const int UsualWidth = 100;

    public static IAnsiConsole ForPeople { get; } =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>
    /// Tables for standard output: coloured on a terminal; plain and never folded in a file or a pipe.
    /// </summary>
    public static IAnsiConsole ForResults { get; } = MakeForResults();

    public static bool IsTerminal => !Console.IsErrorRedirected;

    public static void Error(string message) => Line("red", "error", message);

    public static void Warning(string message) => Line("yellow", "warning", message);

    public static void Hint(string message) => Console.Error.WriteLine(message);

    public static void Info(string message) => Console.Error.WriteLine(message);

    /// <summary>Writes a table for people, folded to a terminal of usual width in a file or a pipe too.</summary>
    public static void WriteWithin(IRenderable table)
    {
        var profile = ForResults.Profile;
        var width = profile.Width;
        profile.Width = Math.Min(width, UsualWidth);
        ForResults.Write(table);
        profile.Width = width;
    }

    private static IAnsiConsole MakeForResults()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        return console;
    }

    private static void Line(string color, string kind, string message)
    {
        // One line per message, however long: a wrapped path cannot be copied.
        var oneLine = message.ReplaceLineEndings(" ");
        if (IsTerminal)
            ForPeople.Markup($"[{color}]{kind}:[/] ");
        else
            Console.Error.Write($"{kind}: ");
        Console.Error.WriteLine(oneLine);
    }
}
