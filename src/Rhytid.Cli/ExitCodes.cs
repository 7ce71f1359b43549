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
}

/// <summary>The user stopped the command, and it says itself what is left.</summary>
internal sealed class StoppedException(string message, CancellationToken token) : OperationCanceledException(message, token);

/// <summary>The command cannot go on; the message is the one line the user sees.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.WrongUsage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
