using System.Drawing;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;

namespace Rhytid.Reports;

/// <summary>
/// The meshes of a photo's faces as JSON; <see cref="FaceMeshFile"/> reads it back. docs/how-to/face-mesh.md describes
/// it.
/// </summary>
public sealed record FaceMeshReport
{
    /// <summary>Version of this layout; a field may be added within a version, none is changed or taken away.</summary>
    public const string SchemaVersion = FaceMeshFile.OwnSchema;

    /// <summary>Which layout this is.</summary>
    public string Schema { get; init; } = SchemaVersion;

    /// <summary>The picture.</summary>
    public required PhotoReport Photo { get; init; }

    /// <summary>Name of the face detector, <c>whole</c> or <c>given</c>.</summary>
    public required string Detector { get; init; }

    /// <summary>One plain sentence per problem.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The faces, the largest first; empty where none was found.</summary>
    public required IReadOnlyList<FaceMeshFaceReport> Faces { get; init; }

    /// <summary>The report of a photo.</summary>
    /// <param name="photo">The photo, for its size.</param>
    /// <param name="fileName">Its name, without its folder.</param>
    /// <param name="detector">Who found the faces.</param>
    /// <param name="faces">Each face and its mesh in pixels of the photo, or null where the network saw no
    /// face.</param>
    public static FaceMeshReport From(
        Image photo, string fileName, string detector, IReadOnlyList<(DetectedFace Face, FaceMesh? Mesh)> faces)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(faces);
        return new FaceMeshReport
        {
            Photo = new PhotoReport(fileName, photo.Width, photo.Height),
            Detector = detector,
            Warnings = faces.Count == 0
                ? [SegmentationResult.NoFace]
                : [.. faces.Where(face => face.Mesh is null).Select(face => NoMesh(face.Face.Box))],
            Faces = [.. faces.Select(face => FaceMeshFaceReport.From(face.Face, face.Mesh))],
        };
    }

    /// <summary>As JSON text in one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FaceMeshJson.Compact.FaceMeshReport);

    private static string NoMesh(RectangleF box) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"no face mesh was found on the face at {box.X:0},{box.Y:0} of {box.Width:0} x {box.Height:0} pixels");
}

/// <summary>One face and its mesh.</summary>
/// <param name="Box">Left, top, width and height in pixels of the photo.</param>
/// <param name="DetectorScore">The detector's certainty, or null.</param>
/// <param name="TurnedDegrees">By how many degrees the photo had to be turned clockwise for the face to be found; 0 for
/// most.</param>
/// <param name="Pose">How the head is turned; null without a mesh.</param>
/// <param name="Score">The network's certainty that there is a face, 0 to 1; null where it was too small.</param>
/// <param name="Points">468 times x, y, z in pixels of the photo; null where the network saw no face.</param>
public sealed record FaceMeshFaceReport(
    IReadOnlyList<double> Box, double? DetectorScore, int TurnedDegrees, PoseReport? Pose, double? Score,
    IReadOnlyList<IReadOnlyList<double>>? Points)
{
    internal static FaceMeshFaceReport From(DetectedFace face, FaceMesh? mesh) => new(
        [Rounded.Pixels(
            face.Box.X), Rounded.Pixels(face.Box.Y), Rounded.Pixels(face.Box.Width), Rounded.Pixels(face.Box.Height)],
        Rounded.Optional(face.Score, 4),
            face.TurnedDegrees, PoseReport.From(mesh is null ? null : HeadPose.FromMesh(mesh)),
            Rounded.Optional(mesh?.Score, 4),
            mesh is null
                ? null
                : [.. mesh.Points.Zip(
                    mesh.Depths,
                    (point, depth) => new[] { Hundredths(point.X), Hundredths(point.Y), Hundredths(depth) })]);

    private static double Hundredths(float value) => Math.Round(value, 2);
}

[JsonSerializable(typeof(FaceMeshReport))]
internal sealed partial class FaceMeshJson : JsonSerializerContext
{
    public static FaceMeshJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
