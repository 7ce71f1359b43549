using System.Text;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;
using Rhytid.Reports;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>rhytid landmarks</c>: the 468 mesh points of the faces in photos.</summary>
internal static class LandmarksCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Finds the 468 face mesh points of faces; writes {stem}.landmarks.json and {stem}.landmarks.jpg.");
        var photos = new PhotoOptions(command);
        var detector = new DetectorOption(command);
        var faces = new FaceOptions(command);
        return command.Does(async token =>
        {
            var (batch, options) = (photos.Open(), faces.Read());
            using var owned = detector.LoadFinder();
            return await batch.RunAsync("finding landmarks", Find, Show, token);

            FaceMeshReport Find(PhotoPath photo)
            {
                var picture = batch.Load(photo);
                var (name, found) = owned.Finder.Find(picture, options);
                var report = FaceMeshReport.From(
                    picture, photo.FileName, name, [.. found.Select(face => (face, face.Mesh))]);
                var drawing = FaceMeshDrawing.Draw(picture, [.. found.Select(face => face.Mesh).OfType<FaceMesh>()]);
                photo.Write(
                    token, (".landmarks.json", Encoding.UTF8.GetBytes(report.ToJson() + "\n")),
                    (".landmarks.jpg", drawing.Encode(ImageFormat.Jpeg)));
                return report;
            }
        });
    }

    private static void Show(IReadOnlyList<(PhotoPath Photo, FaceMeshReport Report)> done)
    {
        var meshes = done.Sum(one => one.Report.Faces.Count(face => face.Points is not null));
        Console.WriteLine(done is [var (only, _)]
            ? $"{meshes} face mesh{(meshes == 1 ? "" : "es")}; written: {only.OutputStem}.landmarks.json .landmarks.jpg"
            : $"{meshes} face meshes; written for each photo: .landmarks.json .landmarks.jpg");
        foreach (var (photo, report) in done)
            foreach (var warning in report.Warnings)
                Messages.Warning($"{photo.Name}: {warning}");
    }
}
