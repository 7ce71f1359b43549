using Spectre.Console;

namespace Rhytid.Cli.Terminal;

/// <summary>Lines for people go to standard error, results to standard output.</summary>
internal static class Messages
{
    public static IAnsiConsole ForPeople { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static bool IsTerminal => !Console.IsErrorRedirected;

    public static void Error(string message) => Line("red", "error", message);

    public static void Warning(string message) => Line("yellow", "warning", message);

    public static void Hint(string message) => Console.Error.WriteLine(message);

    public static void Info(string message) => Console.Error.WriteLine(message);

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
