using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Runs.Reporting;

namespace Rhytid.Cli.Commands.Training;

/// <summary><c>rhytid report</c>: a training run as one HTML page.</summary>
internal static class ReportCommand
{
    private const string DefaultName = "report.html";

    public static Command Create(string name)
    {
        var folder = new Argument<string>("RUN") { Description = "The folder of a training run, finished or not." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = $"The page to write; {DefaultName} in the run's folder unless given.",
            HelpName = "FILE.html"
        };
        var command = new Command(
            name,
            "Writes a training run as one HTML page: scores, curves, worst and best images, recipe. It needs no other file and no network.") { folder, output };
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, parsed.GetValue(output)));
        return command;
    }

    private static int Run(string folder, string? output)
    {
        var path = output ?? Path.Combine(folder, DefaultName);
        if (Directory.Exists(path))
            throw new CommandException($"{path} is a folder; name the file to write");
        var run = RunFiles.Load(folder);
        foreach (var problem in run.Problems)
            Messages.Warning($"{folder}: {problem}");
        DrawOverlays(folder, run);
        var page = RunReport.Write(run);
        OutputFolder.Make(path);
        AtomicFile.WriteText(path, page);
        Console.WriteLine($"written: {path}");
        return run.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    // A machine without OpenCV, on which a run was trained, could not draw them.
    private static void DrawOverlays(string folder, RunFiles run)
    {
        if (run.Examples is not { Examples.Count: > 0 } examples)
            return;
        try
        {
            if (RunOverlays.Write(Path.Combine(folder, RunOverlays.FolderName), examples.Examples) is { } problem)
                Messages.Warning(
                    $"no pictures are drawn: the OpenCV part cannot be loaded ({problem}); the report goes without them");
        }
        catch (OutputException error)
        {
            // The page has the pictures whether or not the run's folder can be written.
            Messages.Warning(error.Message);
        }
    }
}
