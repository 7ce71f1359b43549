namespace Rhytid.Cli;

/// <summary>What the process returns; described in docs/reference/cli.md.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int SomeFailed = 1;
    public const int WrongUsage = 2;
    public const int NotInstalled = 3;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>What each code means, for the reference.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "all done (a photo without a face counts as done: a warning is printed)"),
        (SomeFailed, "some photos or files failed, each named in a line; the others are done"),
        (WrongUsage, "wrong usage: the command did nothing"),
        (NotInstalled, "something is not installed; `./rhytid doctor` says what"),
        (Interrupted, "interrupted (Ctrl-C); finished photos are kept, nothing half done is left"),
        (Terminated, "the same by SIGTERM"),
    ];
}

/// <summary>The user stopped the command, and it says itself what is left.</summary>
internal sealed class StoppedException(string message, CancellationToken token)
    : OperationCanceledException(message, token);

/// <summary>The command cannot go on; the message is the one line the user sees.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.WrongUsage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
