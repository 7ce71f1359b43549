using System.Collections.Concurrent;
using Rhytid.Cli.Terminal;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;
using Rhytid.Reports;

namespace Rhytid.Cli.Commands;

/// <summary>One call of <c>rhytid landmarks</c>: all photos, side by side, then what was found.</summary>
internal sealed class LandmarksRun(FaceFinder finder, SegmentOptions options)
{
    private readonly ConcurrentDictionary<string, FaceMeshReport> _reports = new();
    private readonly FailureList _failures = new();

    public required ImageLoadOptions Load { get; init; }
    public required int Threads { get; init; }

    public async Task<int> RunAsync(IReadOnlyList<PhotoPath> photos, CancellationToken token)
    {
        ThreadShare.Set(photos.Count, Threads, usesTorch: true);
        await _failures.GuardEachAsync(
            "finding landmarks", photos, photo => photo.Name, Threads, photo => Find(photo, token), token);
        Show(photos);
        return _failures.Report(photos.Count);
    }

    private void Find(PhotoPath photo, CancellationToken token)
    {
        var picture = photo.Load(Load);
        var (detector, found) = finder.Find(picture, options);
        var report = FaceMeshReport.Of(
            picture, Path.GetFileName(photo.Path ?? "-"), detector, [.. found.Select(face => (face, face.Mesh))]);
        var drawing = FaceMeshDrawing.Draw(picture, [.. found.Select(face => face.Mesh).OfType<FaceMesh>()]);
        token.ThrowIfCancellationRequested();
        OutputFolder.Make(photo.OutputStem);
        AtomicFile.WriteAll(
        [
            (photo.OutputStem + ".landmarks.json", System.Text.Encoding.UTF8.GetBytes(report.ToJson() + "\n")),
            (photo.OutputStem + ".landmarks.jpg", drawing.Encode(ImageFormat.Jpeg)),
        ]);
        _reports[photo.Name] = report;
    }

    private void Show(IReadOnlyList<PhotoPath> photos)
    {
        var done = photos.Where(photo => _reports.ContainsKey(photo.Name)).ToList();
        if (done.Count == 0)
            return;
        var meshes = done.Sum(photo => _reports[photo.Name].Faces.Count(face => face.Points is not null));
        Console.WriteLine(done.Count == 1
            ? $"{meshes} face mesh{(meshes == 1 ? "" : "es")}; written: {done[0].OutputStem}.landmarks.json .landmarks.jpg"
            : $"{meshes} face meshes; written for each photo: .landmarks.json .landmarks.jpg");
        foreach (var photo in done)
            foreach (var warning in _reports[photo.Name].Warnings)
                Messages.Warning($"{photo.Name}: {warning}");
    }
}
