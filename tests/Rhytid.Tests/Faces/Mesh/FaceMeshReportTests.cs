using System.Drawing;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Reports;

namespace Rhytid.Tests.Faces.Mesh;

public sealed class FaceMeshReportTests : IDisposable
{
    private static readonly Image Photo = new(300, 200);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_a_landmark_file_with_points_of_the_photo()
    {
        var path = Write(MeshAt(20, 30), MeshAt(160, 40));

        var whole = new FaceMeshFile(path).FindAll(FaceImage.FromAligned(Photo));

        Assert.Equal(2, whole.Count);
        AssertSame(MeshAt(20, 30), whole[0]);
        AssertSame(MeshAt(160, 40), whole[1]);
    }

    [Fact]
    public void A_cut_out_face_gets_its_own_mesh_in_its_own_pixels()
    {
        var second = MeshAt(160, 40);
        var landmarks = new FaceLandmarks(
            second.Center(FaceMeshRegions.RightEye), second.Center(FaceMeshRegions.LeftEye), new(200, 113),
            new(220, 113));
        var face = FaceAlignment.Cut(Photo, landmarks, 256);

        var mesh = new FaceMeshFile(Write(MeshAt(20, 30), second)).Find(face)!;

        AssertSame(second, mesh.Transform(face.FaceToPhoto));
    }

    [Fact]
    public void A_face_without_a_mesh_is_told_and_passed_over()
    {
        var report = FaceMeshReport.From(
            Photo, "photo.png", "given",
            [(new DetectedFace(new RectangleF(1, 2, 30, 40), FaceLandmarks.FfhqMean, null), null)]);

        Assert.Equal("no face mesh was found on the face at 1,2 of 30 x 40 pixels", Assert.Single(report.Warnings));
        File.WriteAllText(_folder["none.json"], report.ToJson());
        Assert.Empty(new FaceMeshFile(_folder["none.json"]).FindAll(FaceImage.FromAligned(Photo)));
        Assert.Null(new FaceMeshFile(_folder["none.json"]).Find(FaceImage.FromAligned(Photo)));
    }

    [Fact]
    public void A_report_with_too_few_points_is_refused()
    {
        File.WriteAllText(
            _folder["few.json"], "{\"schema\":\"rhytid.landmarks/1\",\"faces\":[{\"points\":[[1,2,3]]}]}");

        Assert.Contains(
            "found 1",
            Assert.Throws<FaceMeshException>(
                () => new FaceMeshFile(_folder["few.json"]).FindAll(FaceImage.FromAligned(Photo))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 4)]
    [InlineData(2000, 1)]
    public void Small_photos_are_enlarged_for_the_drawing(int side, int least)
    {
        var mesh = new FaceMesh([.. SyntheticMesh.Points().Select(point => point * side)]);

        var drawing = FaceMeshDrawing.Draw(new Image(side, side), [mesh]);

        Assert.True(drawing.Width >= least * side);
        Assert.True(drawing.Samples.ContainsAnyExcept((byte)0));
        Assert.Equal(side, FaceMeshDrawing.Draw(new Image(side, side), []).Width);
    }

    private static FaceMesh MeshAt(float x, float y)
    {
        var points = Array.ConvertAll(
            SyntheticMesh.Points(), point => new Vector3((point * 100) + new Vector2(x, y), -3));
        return new FaceMesh(points) { Score = 0.75f };
    }

    private static void AssertSame(FaceMesh expected, FaceMesh actual) =>
        Assert.All(
            expected.Points.Zip(actual.Points), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < 0.02f));

    private string Write(params FaceMesh[] meshes)
    {
        var face = new DetectedFace(new RectangleF(0, 0, 100, 100), FaceLandmarks.FfhqMean, 0.5f);
        var report = FaceMeshReport.From(Photo, "photo.png", "haar", [.. meshes.Select(mesh => (face, (FaceMesh?)mesh))]);
        Assert.StartsWith(
            "{\"schema\":\"rhytid.landmarks/1\",\"photo\":{\"file\":\"photo.png\",\"width\":300,\"height\":200}",
            report.ToJson(), StringComparison.Ordinal);
        File.WriteAllText(_folder["photo.landmarks.json"], report.ToJson());
        return _folder["photo.landmarks.json"];
    }
}
