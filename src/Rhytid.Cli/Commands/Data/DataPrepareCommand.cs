using Rhytid.Faces.Parsing;
using Rhytid.Models;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data prepare</c>: from labelled photos to a complete FFHQ-Wrinkle set, in one go.</summary>
internal static class DataPrepareCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Makes everything that training needs beside labelled photos: copies, skin, masked photos, texture maps; "
                + "then checks it. Starts again where it was stopped.");
        var folder = command.DatasetFolder();
        var output = command.Folder(
            "--output, -o",
            "The folder that gets FFHQ-Wrinkle's layout; the data set itself where it has that layout.");
        var parser = command.Text(
            "--parser", "FILE.safetensors",
            "A trained BiSeNet that labels the parts of faces; without one (and without labels) skin is found from "
                + "colours.");
        var whole = command.Flag("--whole", "Each photo is one aligned face; a set with FFHQ's ids always is.");
        var detector = new DetectorOption(command);
        var (data, skin) = (new DatasetOptionSet(command), new SkinFolderOptions(command));
        var jobs = new JobOptionSet(command);
        return command.Does(async token =>
        {
            var source = WrinkleDataset.Open(folder, skin.Add(data.Read()));
            var target = Target(source, output);
            OutputGuard.Require(target, source.ReadFolders);
            var faceDetector = detector.Load();
            using var owned = faceDetector as IDisposable;
            using var finder = new PhotoSkinFinder(detector: faceDetector);
            using var faceParser = parser.Value is { } weights
                ? CheckpointFiles.Guard(weights, path => FaceParser.Load(path, file => TorchNetworks.Load(file)))
                : null;
            var preparation = new DatasetPreparation(
                source, target, faceParser, finder, whole || source.Layout.HasFfhqIds, token);
            jobs.Claim(Path.Combine(target, "prepare.json"), new Dictionary<string, string>
            {
                ["set"] = $"{Path.GetFileName(OutputGuard.Full(source.Folder))} ({source.Layout.Name})",
                ["skin"] = preparation.SkinName,
            });
            var exitCode = ExitCodes.Done;
            foreach (var step in preparation.Steps().Where(step => step.Jobs.Count > 0))
                exitCode = Math.Max(exitCode, await jobs.RunAsync(step.Title, step.Jobs, token));
            if (jobs.Shard.Count == 1)
                return Math.Max(exitCode, Check(preparation.Open(), jobs.Threads, token));
            Messages.Info("when all parts are done, the same command without --shard checks the set");
            return exitCode;
        });
    }

    // In place only FFHQ-Wrinkle's own layout: other folders beside a plain set would make another layout of it.
    private static string Target(WrinkleDataset source, string? output)
    {
        var target = output ?? source.Folder;
        return OutputGuard.Full(target) == OutputGuard.Full(source.Folder)
            && source.Layout != DatasetLayouts.FfhqWrinkle
            ? throw new CommandException(
                $"{source.Folder} has the layout {source.Layout.Name}; "
                    + "say with -o in which other folder the prepared set goes")
            : target;
    }

    private static int Check(WrinkleDataset prepared, int threads, CancellationToken token)
    {
        var check = DatasetCheck.Run(prepared, threads, progress: null, token);
        foreach (var finding in check.Findings)
            Messages.Error(finding.Message);
        var result = check.Findings.Count == 0
            ? "each with all its files"
            : Counted.Of(check.Findings.Count, "problem");
        Messages.Info($"checked: {Counted.Of(prepared.Samples.Count, "labelled photo")}, {result}");
        return ExitCodes.From(check.Findings.Count == 0);
    }
}
