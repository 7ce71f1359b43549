using System.Diagnostics;
using System.Globalization;

namespace Fuzz;

/// <summary>
/// Runs a target's cases in processes of limited memory, in an empty folder. A case that ends its process, hangs, throws
/// what it must not or leaves a file is a fault; the run goes on behind it.
/// </summary>
internal sealed class Supervisor(int seed, int count, int memoryMegabytes, TextWriter output)
{
    // Of the processor; a machine that is busy with other things is no fault. Something that waits uses none.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private const int MostFaults = 20;

    /// <summary>Whether nothing went wrong.</summary>
    public bool Run(FuzzTarget target)
    {
        var total = count > 0 ? count : target.Count;
        var folder = Directory.CreateTempSubdirectory("rhytid-fuzz-").FullName;
        var page = Path.GetTempFileName();
        File.WriteAllBytes(page, new byte[64]);
        var faults = 0;
        var watch = Stopwatch.StartNew();
        try
        {
            using var progress = Progress.Open(page);
            for (var next = 0; next < total && faults < MostFaults; next = progress.Case + 1)
            {
                var fault = RunWorker(target, next, total, page, folder, progress);
                if (fault is null)
                    break;
                faults++;
                output.WriteLine($"{target.Name}: case {progress.Case}: {fault}");
            }
            var (header, body, read) = (progress[Stage.Header], progress[Stage.Body], progress[Stage.Read]);
            var files = header + body + read;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {target.Name} | {files + faults:N0} | {100.0 * (body + read) / Math.Max(1, files):0} % | {read:N0} | {body:N0} | {header:N0} | {faults} | {watch.Elapsed.TotalSeconds:0} |"));
            return faults == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            File.Delete(page);
        }
    }

    private string? RunWorker(FuzzTarget target, int from, int to, string page, string folder, Progress progress)
    {
        progress.Case = from;
        using var worker = Start(target, from, to, page, folder);
        // Read as it comes, or a talkative library would fill the pipe and wait.
        var errors = worker.StandardError.ReadToEndAsync();
        var (last, since, used, hangs) = (from, Stopwatch.StartNew(), TimeSpan.Zero, false);
        while (!worker.WaitForExit(Look))
        {
            if (progress.Case != last)
                (last, since, used) = (progress.Case, Stopwatch.StartNew(), ProcessorTime(worker));
            else if (since.Elapsed > Hang && (ProcessorTime(worker) - used > Hang || since.Elapsed > Wait))
            {
                hangs = true;
                worker.Kill();
            }
        }
        Scratch.Delete(worker.Id);
        var left = Directory.GetFileSystemEntries(folder);
        foreach (var path in left)
            File.Delete(path);
        return hangs ? $"hangs: {Hang.TotalSeconds:0} s of the processor, or {Wait.TotalSeconds:0} s in all"
            : left.Length > 0 ? $"left files: {string.Join(' ', left.Select(Path.GetFileName))}"
            : worker.ExitCode == 0 ? null
            : $"ended with {worker.ExitCode}: {Excerpt(errors.Result)}";
    }

    private static TimeSpan ProcessorTime(Process worker)
    {
        try
        {
            return worker.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
            return TimeSpan.Zero;
        }
    }

    private Process Start(FuzzTarget target, int from, int to, string page, string folder)
    {
        // The limit is on addresses; the garbage collector reserves few when it has a limit of its own.
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])
            [
                "-c", $"ulimit -v {memoryMegabytes * 1024L} -c 0; exec \"$@\"", "bash", "dotnet",
                typeof(Supervisor).Assembly.Location, "worker", target.Name, $"{seed}", $"{from}", $"{to}", page
            ])
            start.ArgumentList.Add(argument);
        foreach (var variable in (string[])["TMPDIR", "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MAGICK_TEMPORARY_PATH"])
            start.Environment[variable] = folder;
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x20000000";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_CLI_HOME"] = folder;
        return Process.Start(start)!;
    }

    // What was thrown and where; a process that was killed says what it can at the end.
    private static string Excerpt(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var thrown = Array.FindIndex(lines, line => line.StartsWith("case ", StringComparison.Ordinal));
        return string.Join("\n    ", thrown >= 0 ? lines.Skip(thrown).Take(4) : lines.TakeLast(4));
    }
}
