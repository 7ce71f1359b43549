using System.Diagnostics;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests;

/// <summary>Runs the real program as a user would, and keeps what it said.</summary>
internal sealed record RhytidProcess(int ExitCode, string Output, string Error, long PeakBytes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static RhytidProcess Run(params string[] arguments) => Run(input: null, arguments);

    public static RhytidProcess Run(byte[]? input, params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var peak = 0L;
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(20))
        {
            process.Refresh();
            peak = Math.Max(peak, PeakOf(process));
            if (watch.Elapsed < Limit)
                continue;
            process.Kill();
            throw new TimeoutException($"rhytid {string.Join(' ', arguments)} did not end within {Limit}");
        }
        return new RhytidProcess(process.ExitCode, output.Result, error.Result, peak);
    }

    // Tests that run in the background of a shell ignore Ctrl-C, and the programs that they start would inherit that.
    public static Process Start(params string[] arguments) =>
        Start(["env", "--default-signal=INT"], AppContext.BaseDirectory, arguments);

    /// <summary>Starts one of several processes that compute together, as a scheduler would.</summary>
    public static Process StartRank(int rank, int ranks, int port, params string[] arguments)
    {
        var start = StartInfo(prefix: [], AppContext.BaseDirectory, arguments);
        (start.Environment["RANK"], start.Environment["WORLD_SIZE"]) = ($"{rank}", $"{ranks}");
        (start.Environment["MASTER_ADDR"], start.Environment["MASTER_PORT"]) = ("localhost", $"{port}");
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a started process, and keeps what it said.</summary>
    public static async Task<RhytidProcess> EndOfAsync(Process process)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return new RhytidProcess(process.ExitCode, await output, await error, PeakBytes: 0);
    }

    /// <summary>Runs the program as the user nobody, for whom permissions mean something; only root can.</summary>
    public static RhytidProcess RunAsNobody(params string[] arguments)
    {
        using var process = Start(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], AppContext.BaseDirectory, arguments);
        return EndOf(process);
    }

    /// <summary>Runs the copy of the program that lies in another folder.</summary>
    public static RhytidProcess RunCopy(string folder, params string[] arguments)
    {
        using var process = Start(prefix: [], folder, arguments);
        return EndOf(process);
    }

    private static RhytidProcess EndOf(Process process)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new RhytidProcess(process.ExitCode, output.Result, error.Result, PeakBytes: 0);
    }

    private static Process Start(string[] prefix, string folder, string[] arguments) =>
        Process.Start(StartInfo(prefix, folder, arguments))!;

    private static ProcessStartInfo StartInfo(string[] prefix, string folder, string[] arguments)
    {
        string[] command = [.. prefix, "dotnet", Path.Combine(folder, "Rhytid.Cli.dll"), .. arguments];
        return new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static long PeakOf(Process process)
    {
        try
        {
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
