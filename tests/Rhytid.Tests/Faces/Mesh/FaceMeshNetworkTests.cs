using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Reports;

namespace Rhytid.Tests.Faces.Mesh;

/// <summary>
/// MediaPipe's network on real photos; both lie beside the project, and the tests are skipped where they are absent.
/// </summary>
public sealed class FaceMeshNetworkTests
{
    [SkippableTheory]
    [InlineData("astronaut.png", 0.05)]
    [InlineData("biden.jpg", 0.05)]
    [InlineData("obama.jpg", 0.05)]
    [InlineData("obama2.jpg", 0.12)]
    [InlineData("obama3.jpg", 0.05)]
    public void Eyes_lie_on_the_eyes_that_the_detector_found(string name, double share)
    {
        using var network = Load();
        var face = Cut(name);

        var mesh = network.Find(face)!;

        var eyes = face.Landmarks;
        Assert.False(eyes.EyesEstimated);
        Assert.True(mesh.Score > 0.9f);
        // Right is the person's. The eyes of a turned head (obama2) are as far off themselves.
        var limit = (float)share * eyes.EyeDistancePixels;
        Assert.InRange(Vector2.Distance(eyes.LeftEye, mesh.Center(FaceMeshRegions.RightEye)), 0, limit);
        Assert.InRange(Vector2.Distance(eyes.RightEye, mesh.Center(FaceMeshRegions.LeftEye)), 0, limit);
        Assert.True(mesh.Center(FaceMeshRegions.OuterLips).Y > mesh.Center(FaceMeshRegions.Nose).Y);
        Assert.True(
            mesh.Depths[4] < mesh.Depths[234] && mesh.Depths[4] < mesh.Depths[454],
            "the tip of the nose is nearer than the ears");
    }

    [SkippableTheory]
    [InlineData("astronaut.png")]
    [InlineData("biden.jpg")]
    [InlineData("obama.jpg")]
    [InlineData("obama2.jpg")]
    [InlineData("obama3.jpg")]
    public void The_mirrored_photo_has_the_mirrored_mesh(string name)
    {
        var photo = Image.Load(Path.Combine(Repository.SharedData("photos"), name));
        var mirror = new Matrix3x2(-1, 0, 0, 1, photo.Width, 0);
        using var finder = new FaceFinder();

        var face = Assert.Single(finder.Find(photo, SegmentOptions.Default).Faces);
        var other = Assert.Single(
            finder.Find(
                photo.Warp(photo.Width, photo.Height, mirror, Interpolation.Nearest), SegmentOptions.Default).Faces);

        Assert.Equal(LandmarkSource.Mesh, face.LandmarkSource);
        var twin = other.Mesh!.Transform(mirror);
        for (var i = 0; i < FaceMesh.PointCount; i++)
            Assert.InRange(
                Vector2.Distance(face.Mesh!.Points[i], twin.Points[FaceMeshRegions.Mirrored(i)])
                    / face.Landmarks.EyeDistancePixels,
                0, 0.02f);
        Assert.InRange(face.Pose!.YawDegrees + other.Pose!.YawDegrees, -2, 2);
        Assert.InRange(face.Pose.RollDegrees + other.Pose.RollDegrees, -2, 2);
        Assert.InRange(face.Pose.PitchDegrees - other.Pose.PitchDegrees, -2, 2);
    }

    [Fact]
    public void A_mesh_on_another_face_than_the_detectors_does_not_count()
    {
        var photo = new Image(400, 400);
        var detected = new DetectedFace(
            new System.Drawing.RectangleF(100, 100, 200, 200),
            FaceLandmarks.FfhqMean.Transform(Matrix3x2.CreateScale(400)), 0.9f);
        var agreeing = new FaceMesh(Array.ConvertAll(SyntheticMesh.Points(), point => point * 400));
        var shifted = agreeing.Transform(Matrix3x2.CreateTranslation(60, 0));

        Assert.Equal(LandmarkSource.Mesh, Find(agreeing).LandmarkSource);
        Assert.InRange(Vector2.Distance(agreeing.ToLandmarks().LeftEye, Find(agreeing).Landmarks.LeftEye), 0, 0.01f);
        Assert.Equal(LandmarkSource.Detector, Find(shifted).LandmarkSource);
        Assert.Equal(detected.Landmarks, Find(shifted).Landmarks);
        Assert.Null(Find(shifted).Pose);
        Assert.Equal(LandmarkSource.Detector, Find(null).LandmarkSource);

        DetectedFace Find(FaceMesh? mesh)
        {
            using var finder = new FaceFinder(new OneFace(detected), mesh: new OneMesh(mesh));
            return Assert.Single(finder.Find(photo, SegmentOptions.Default).Faces);
        }
    }

    [Fact]
    public void Points_of_the_two_sides_mirror_each_other()
    {
        for (var i = 0; i < FaceMesh.PointCount; i++)
            Assert.Equal(i, FaceMeshRegions.Mirrored(FaceMeshRegions.Mirrored(i)));
        Assert.Equal(
            FaceMeshRegions.LeftEye.ToArray().Order(),
            FaceMeshRegions.RightEye.ToArray().Select(FaceMeshRegions.Mirrored).Order());
        Assert.Equal(
            FaceMeshRegions.LeftBrow.ToArray().Order(),
            FaceMeshRegions.RightBrow.ToArray().Select(FaceMeshRegions.Mirrored).Order());
        Assert.Equal(
            FaceMeshRegions.LeftNostril.ToArray().Order(),
            FaceMeshRegions.RightNostril.ToArray().Select(FaceMeshRegions.Mirrored).Order());
        Assert.Equal(
            FaceMeshRegions.Oval.ToArray().Order(),
            FaceMeshRegions.Oval.ToArray().Select(FaceMeshRegions.Mirrored).Order());
        Assert.Equal(FaceMeshRegions.LeftMouthCorner, FaceMeshRegions.Mirrored(FaceMeshRegions.RightMouthCorner));
    }

    [Fact]
    public void Parts_of_the_face_fill_their_outlines()
    {
        var mesh = new FaceMesh(Array.ConvertAll(SyntheticMesh.Points(), point => point * 400));

        var eyes = mesh.Fill(MeshParts.Eyes, 400, 400);
        var all = mesh.Fill(MeshParts.NotSkin, 400, 400);

        Assert.Equal(2, mesh.Outlines(MeshParts.Eyes).Count());
        Assert.Equal(7, mesh.Outlines(MeshParts.NotSkin).Count());
        // Two ellipses of 20 x 8 pixels.
        Assert.InRange(eyes.Count(), 0.9 * 2 * Math.PI * 20 * 8, 1.1 * 2 * Math.PI * 20 * 8);
        Assert.NotEqual(0, eyes.Row(192)[248]);
        Assert.Equal(0, eyes.Except(all).Count());
        Assert.Equal(0, mesh.Fill(MeshParts.None, 400, 400).Count());
    }

    [SkippableFact]
    public void Badly_placed_eyes_and_a_turned_picture_change_little()
    {
        using var network = Load();
        var face = Cut("obama.jpg");
        var mesh = network.Find(face)!;
        var moved = FaceImage.FromAligned(face.Image, face.Landmarks.Transform(Matrix3x2.CreateTranslation(30, -25)));
        var turn = Matrix3x2.CreateRotation(0.4f, new Vector2(512, 512));
        Matrix3x2.Invert(turn, out var back);
        var turned = FaceImage.FromAligned(face.Image.Warp(1024, 1024, back), face.Landmarks.Transform(turn));

        Assert.InRange(Distance(mesh, network.Find(moved)!), 0, 8);
        Assert.InRange(Distance(mesh, network.Find(turned)!.Transform(back)), 0, 10);
    }

    [SkippableFact]
    public void Where_no_face_is_there_is_no_mesh_and_no_skin()
    {
        using var network = Load();
        var nothing = FaceImage.FromAligned(new Image(300, 200));

        Assert.Null(network.Find(nothing));
        Assert.Equal(0, new FaceMeshSkinMask(network).Find(nothing).Count());
        using var segmenter =
            WrinkleSegmenter.Load(new WrinkleSegmenterOptions { Skin = new FaceMeshSkinMask(network), FaceSize = 256 });
        var result = segmenter.Segment(new Image(300, 200), new SegmentOptions { Whole = true });
        Assert.Contains(
            result.Warnings, warning => warning.StartsWith("no face mesh was found", StringComparison.Ordinal));
        Assert.Contains(
            "no face mesh was found", Rhytid.Reports.SegmentationReport.From(result, "black.png").ToJson(),
            StringComparison.Ordinal);
    }

    private static FaceMeshNetwork Load() => FaceMeshNetwork.LoadShipped();

    private static FaceImage Cut(string name)
    {
        var photo = Image.Load(Path.Combine(Repository.SharedData("photos"), name));
        // The cascades' eyes are the nearer ones on frontal faces; on a turned head they are off themselves, and
        // YuNet's are not.
        using var haar = new Rhytid.Faces.Detection.HaarFaceDetector();
        using var finder = new FaceFinder(name == "obama2.jpg" ? null : haar);
        return finder.Cut(photo, finder.Find(photo, SegmentOptions.Default).Faces[0]).Face;
    }

    private sealed class OneFace(DetectedFace face) : IFaceDetector
    {
        public string Name => "one";

        public IReadOnlyList<DetectedFace> Detect(Image photo, int most = int.MaxValue) => [face];
    }

    // The mesh is given in pixels of the photo, and asked for in pixels of the face.
    private sealed class OneMesh(FaceMesh? mesh) : IFaceMeshProvider
    {
        public FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default)
        {
            Matrix3x2.Invert(face.FaceToPhoto, out var photoToFace);
            return mesh?.Transform(photoToFace);
        }
    }

    private static float Distance(FaceMesh a, FaceMesh b) => a.Points.Zip(b.Points, Vector2.Distance).Average();
}
