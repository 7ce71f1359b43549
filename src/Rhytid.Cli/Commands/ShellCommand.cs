namespace Rhytid.Cli.Commands;

/// <summary>Commands as they can be pasted into a shell.</summary>
internal static class ShellCommand
{
    private const string Resume = "--resume";

    /// <summary>The command that runs now, with <c>--resume</c>.</summary>
    public static string ToResume()
    {
        var arguments = Environment.GetCommandLineArgs()[1..];
        return Call([.. arguments, .. arguments.Contains(Resume) ? Array.Empty<string>() : [Resume]]);
    }

    /// <summary>A call of this program, by the name that the user called it.</summary>
    public static string Call(params IEnumerable<string> arguments) => Join([Program, .. arguments]);

    /// <summary>Words of a command, quoted for a POSIX shell where that is needed.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    // What the script that starts the program is called; it sets the variable.
    private static string Program =>
        Environment.GetEnvironmentVariable("RHYTID_COMMAND") is { Length: > 0 } name ? name : "rhytid";

    private static string Quote(string word) => word.Length > 0 && word.All(IsPlain)
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal);
}
