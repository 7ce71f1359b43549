using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Faces;
using Rhytid.Faces.Parsing;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid parse</c>: names the part of the face that each pixel belongs to.</summary>
internal static class ParseCommand
{
    public static Command Create()
    {
        var paths = CommonOptions.Paths();
        var output = CommonOptions.Output();
        var parser = new Option<string?>("--parser")
        {
            Description = "Another network of 19 classes (rhytid models convert); the one that ships unless given.",
            HelpName = "FILE.safetensors"
        };
        var choice = new FaceOptions();
        var detector = FaceOptions.Detector();
        var threads = CommonOptions.Threads();
        var limit = CommonOptions.MaxMegapixels();
        var command = new Command(
            "parse",
            "Names the parts of faces: {stem}.labels.png and .labels.npy (0 to 18), .skin.png, .masked.png, .parts.jpg, all of the photo's size.")
        {
            paths, output, parser, detector, threads, limit,
        };
        choice.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var photos = PhotoPaths.Expand(parsed.GetValue(paths)!, parsed.GetValue(output));
            using var network = parsed.GetValue(parser) is { } file
                ? CheckpointFiles.Guard(file, path => FaceParser.Load(path))
                : FaceParser.LoadShipped();
            var found = FaceOptions.LoadDetector(parsed.GetValue(detector));
            using var owned = found as IDisposable;
            using var finder = new FaceFinder(found);
            var run = new ParseRun(finder, network, choice.Read(parsed))
            {
                Load = CommonOptions.LoadOptions(parsed.GetValue(limit)),
                Threads = parsed.GetValue(threads)
            };
            return await run.RunAsync(photos, token);
        });
        return command;
    }
}
