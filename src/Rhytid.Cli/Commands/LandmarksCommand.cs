using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Faces.Mesh;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid landmarks</c>: the 468 mesh points of the faces in photos.</summary>
internal static class LandmarksCommand
{
    public static Command Create()
    {
        var paths = CommonOptions.Paths();
        var output = CommonOptions.Output();
        var landmarks = new Option<string?>("--landmarks")
        {
            Description =
                "Another face mesh network of 468 points; MediaPipe's, which ships with Rhytid, unless given.",
            HelpName = "FILE.tflite"
        };
        landmarks.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !LandmarksOption.IsNetwork(result.Tokens[0].Value))
                result.AddError(
                    $"--landmarks '{result.Tokens[0].Value}' is no .tflite file; this command needs the face mesh network");
        });
        var choice = new FaceOptions();
        var detector = FaceOptions.Detector();
        var threads = CommonOptions.Threads();
        var limit = CommonOptions.MaxMegapixels();
        var command = new Command(
            "landmarks",
            "Finds the 468 face mesh points of faces; writes {stem}.landmarks.json and {stem}.landmarks.jpg.")
        {
            paths, output, landmarks, detector, threads, limit,
        };
        choice.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var photos = PhotoPaths.Expand(parsed.GetValue(paths)!, parsed.GetValue(output));
            var options = choice.Read(parsed);
            using var mesh = parsed.GetValue(landmarks) is { } file
                ? FaceMeshNetwork.Load(file)
                : FaceMeshNetwork.LoadShipped();
            var faceDetector = FaceOptions.LoadDetector(parsed.GetValue(detector));
            using var owned = faceDetector as IDisposable;
            using var finder = new Faces.FaceFinder(faceDetector, mesh: mesh);
            var run = new LandmarksRun(finder, options)
            {
                Load = CommonOptions.LoadOptions(parsed.GetValue(limit)),
                Threads = parsed.GetValue(threads)
            };
            return await run.RunAsync(photos, token);
        });
        return command;
    }
}
