using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Faces.Parsing;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data prepare</c>: from labelled photos to a complete FFHQ-Wrinkle set, in one go.</summary>
internal static class DataPrepareCommand
{
    public static Command Create()
    {
        var folder = DataArguments.Folder();
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The folder that gets FFHQ-Wrinkle's layout; the data set itself where it has that layout.",
            HelpName = "DIR"
        };
        var parser = new Option<string?>("--parser")
        {
            Description =
                "A trained BiSeNet that labels the parts of faces; without one (and without labels) skin is found from colours.",
            HelpName = "FILE.safetensors"
        };
        var whole = new Option<bool>("--whole")
        {
            Description = "Each photo is one aligned face; a set with FFHQ's ids always is."
        };
        var detector = FaceOptions.Detector();
        var (data, skin, jobs) = (new DatasetOptionSet(), new SkinFolderOptions(), new JobOptionSet());
        var command = new Command(
            "prepare",
            "Makes everything that training needs beside labelled photos: copies, skin, masked photos, texture maps; then checks it. Starts again where it was stopped.") { folder, output, parser, whole, detector };
        data.AddTo(command);
        skin.AddTo(command);
        jobs.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var source = WrinkleDataset.Open(parsed.GetValue(folder)!, skin.Read(parsed, data.Read(parsed)));
            var target = Target(source, parsed.GetValue(output));
            OutputGuard.Require(target, source.ReadFolders);
            var faceDetector = FaceOptions.LoadDetector(parsed.GetValue(detector));
            using var owned = faceDetector as IDisposable;
            using var finder = new PhotoSkinFinder(detector: faceDetector);
            using var faceParser = parsed.GetValue(parser) is { } weights
                ? CheckpointFiles.Guard(weights, path => FaceParser.Load(path))
                : null;
            var preparation = new DatasetPreparation(
                source, target, faceParser, finder, parsed.GetValue(whole) || source.Layout.HasFfhqIds, token);
            var chosen = jobs.Read(parsed);
            RunSettings.Claim(Path.Combine(target, "prepare.json"), new Dictionary<string, string>
            {
                ["set"] =
                    $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Folder)))} ({source.Layout.Name})",
                ["skin"] = preparation.SkinName,
            }, chosen.Overwrite && chosen.Shard.Count == 1);
            var exitCode = ExitCodes.Done;
            foreach (var step in preparation.Steps().Where(step => step.Jobs.Count > 0))
                exitCode = Math.Max(exitCode, await chosen.RunAsync(step.Title, step.Jobs, token));
            if (chosen.Shard.Count > 1)
            {
                Messages.Info("when all parts are done, the same command without --shard checks the set");
                return exitCode;
            }
            return Math.Max(exitCode, Check(preparation.Open(), chosen.Threads, token));
        });
        return command;
    }

    // In place only FFHQ-Wrinkle's own layout: other folders beside a plain set would make another layout of it.
    private static string Target(WrinkleDataset source, string? output)
    {
        var target = output ?? source.Folder;
        var isInPlace = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target))
            == Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Folder));
        return isInPlace && source.Layout != DatasetLayouts.FfhqWrinkle
            ? throw new CommandException(
                $"{source.Folder} has the layout {source.Layout.Name}; say with -o in which other folder the prepared set goes")
            : target;
    }

    private static int Check(WrinkleDataset prepared, int threads, CancellationToken token)
    {
        var check = DatasetCheck.Run(prepared, threads, progress: null, token);
        foreach (var finding in check.Findings)
            Messages.Error(finding.Message);
        Messages.Info(
            $"checked: {Counted.Of(prepared.Samples.Count, "labelled photo")}, {(check.Findings.Count == 0 ? "each with all its files" : Counted.Of(check.Findings.Count, "problem"))}");
        return check.Findings.Count == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }
}
