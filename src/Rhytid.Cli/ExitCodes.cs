using Rhytid.Imaging;
using Rhytid.Torch;

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

    /// <summary>Done, or failed where there was a failure.</summary>
    public static int From(bool isGood) => isGood ? Done : SomeFailed;

    /// <summary>Whether an error is the input's and not the program's: its message is for the user.</summary>
    public static bool IsExpected(Exception error) =>
        error is (RhytidException and not OpenCvMissingException) or FileNotFoundException;

    /// <summary>The line that tells an error.</summary>
    public static string LineOf(Exception error) => error switch
    {
        // What follows libtorch's first line is where in its code it was.
        TorchException => error.Message.Split('\n')[0],
        ArgumentException { ParamName: { } name } =>
            error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => error.Message,
    };
}

/// <summary>The user stopped the command, and it says itself what is left.</summary>
internal sealed class StoppedException(string message, CancellationToken token)
    : OperationCanceledException(message, token);

/// <summary>The command cannot go on; the message is the one line the user sees.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.WrongUsage) : RhytidException(message)
{
    public int ExitCode { get; } = exitCode;
}
