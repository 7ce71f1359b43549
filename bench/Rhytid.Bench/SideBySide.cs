using System.Diagnostics;
using System.Globalization;

namespace Rhytid.Bench;

/// <summary>One of several ways to do the same work, timed by turns.</summary>
internal sealed class Lane(string name)
{
    public string Name { get; } = name;

    public string Note { get; set; } = "";

    public List<double> Times { get; } = [];

    public double Median => Times.Order().ElementAt(Times.Count / 2);

    public Action Start { get; init; } = () => { };

    /// <summary>Does the work once; milliseconds.</summary>
    public required Func<double> Pass { get; init; }

    public Action Stop { get; init; } = () => { };
}

/// <summary>Ways side by side: passes alternate, so that a change of the machine's load hits all of them.</summary>
internal static class SideBySide
{
    public static void Run(IReadOnlyList<Lane> lanes, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            foreach (var lane in lanes)
                lane.Times.Add(lane.Pass());
    }

    /// <summary>Milliseconds of an action.</summary>
    public static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>A program that says a line when it is ready, and does a pass for every line it is sent.</summary>
    public static Lane Peer(string name, string program, IReadOnlyList<string> arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true
            }
        };
        string Line() =>
            process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{name} ended; is it installed?");
        return new Lane(name)
        {
            Start = () =>
            {
                process.Start();
                Console.WriteLine(Line());
            },
            Pass = () =>
            {
                process.StandardInput.WriteLine();
                return double.Parse(Line(), CultureInfo.InvariantCulture);
            },
            Stop = () =>
            {
                process.StandardInput.Close();
                process.WaitForExit();
                process.Dispose();
            },
        };
    }

    /// <summary>Runs a program to its end.</summary>
    public static void Execute(string program, IReadOnlyList<string> arguments, string failure)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{failure}: {said.Trim().Split('\n')[^1]}");
    }

    public static string? Option(IReadOnlyList<string> arguments, string name)
    {
        for (var i = 0; i + 1 < arguments.Count; i++)
            if (arguments[i] == name)
                return arguments[i + 1];
        return null;
    }

    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "rhytid.slnx")))
                return folder.FullName;
        throw new InvalidOperationException("the benchmark does not run inside the repository");
    }
}
