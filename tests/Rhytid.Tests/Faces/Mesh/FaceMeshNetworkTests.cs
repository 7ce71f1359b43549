using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Tests.Shared.Tflite;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Tests.Faces.Mesh;

/// <summary>MediaPipe's network on real photos; both lie beside the project, and the tests are skipped where they are absent.</summary>
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
        Assert.True(mesh.Depths[4] < mesh.Depths[234] && mesh.Depths[4] < mesh.Depths[454], "the tip of the nose is nearer than the ears");
    }

    [SkippableTheory]
    [InlineData("astronaut.png")]
    [InlineData("obama.jpg")]
    public void The_mirrored_face_has_the_mirrored_mesh(string name)
    {
        using var network = Load();
        var face = Cut(name);
        var mirror = new Matrix3x2(-1, 0, 0, 1, face.Width, 0);
        var landmarks = face.Landmarks.Transform(mirror);
        var mirrored = FaceImage.FromAligned(face.Image.Warp(face.Width, face.Height, mirror),
            landmarks with { LeftEye = landmarks.RightEye, RightEye = landmarks.LeftEye, LeftMouth = landmarks.RightMouth, RightMouth = landmarks.LeftMouth });

        var mesh = network.Find(face)!;
        var other = network.Find(mirrored)!.Transform(mirror);

        AssertNear(mesh.Center(FaceMeshRegions.LeftEye), other.Center(FaceMeshRegions.RightEye));
        AssertNear(mesh.Center(FaceMeshRegions.LeftBrow), other.Center(FaceMeshRegions.RightBrow));
        AssertNear(mesh.Center(FaceMeshRegions.OuterLips), other.Center(FaceMeshRegions.OuterLips));
        AssertNear(mesh.Center(FaceMeshRegions.Oval), other.Center(FaceMeshRegions.Oval));

        // The face has 1024 pixels, the network sees 192: 16 are three of its own.
        static void AssertNear(Vector2 a, Vector2 b) => Assert.InRange(Vector2.Distance(a, b), 0, 16);
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
        using var segmenter = WrinkleSegmenter.Load(new WrinkleSegmenterOptions { Skin = new FaceMeshSkinMask(network), FaceSize = 256 });
        var result = segmenter.Segment(new Image(300, 200), new SegmentOptions { Whole = true });
        Assert.Contains(result.Warnings, warning => warning.StartsWith("no face mesh was found", StringComparison.Ordinal));
        Assert.Contains("no face mesh was found", Rhytid.Measurement.SegmentationReport.Of(result, "black.png").ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_network_is_refused_with_its_shapes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["other.tflite"], TfliteBuilder.OfEveryOperator());

        var error = Assert.Throws<TfliteException>(() => FaceMeshNetwork.Load(folder["other.tflite"]));

        Assert.Contains("not a face mesh network of 468 points (input 1 x 5 x 5 x 2, outputs 1 x 2 x 2 x 4)", error.Message, StringComparison.Ordinal);
    }

    private static FaceMeshNetwork Load() => FaceMeshNetwork.Load(Repository.SharedWeights("mediapipe_face_landmark_468.tflite"));

    private static FaceImage Cut(string name)
    {
        var photo = Image.Load(Path.Combine(Repository.SharedData("photos"), name));
        // The cascades' eyes are the nearer ones on frontal faces; on a turned head they are off themselves, and YuNet's are not.
        using var haar = new Rhytid.Faces.Detection.HaarFaceDetector();
        using var finder = new FaceFinder(name == "obama2.jpg" ? null : haar);
        return finder.Cut(photo, finder.Find(photo, SegmentOptions.Default).Faces[0]);
    }

    private static float Distance(FaceMesh a, FaceMesh b) => a.Points.Zip(b.Points, Vector2.Distance).Average();
}
