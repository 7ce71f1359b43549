using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Mesh;

public sealed class FaceMeshCropTests
{
    // The oval spans 0.5 x 0.66 around (0.5, 0.57); the square is half as large again as the longer side.
    [Fact]
    public void The_square_lies_around_the_points()
    {
        var crop = FaceMeshCrop.FromMesh(Mesh(100, 0));

        AssertAt(new(50, 57), crop.Center);
        AssertAt(new(1.5f * 66, 0), crop.Across);
        AssertAt(new(2 * 66, 0), FaceMeshCrop.FromMesh(Mesh(100, 0), enlarged: 2).Across);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-110)]
    public void The_square_turns_with_the_eyes(float degrees)
    {
        var turn = Matrix3x2.CreateRotation(float.DegreesToRadians(degrees));
        var (level, turned) = (FaceMeshCrop.FromMesh(Mesh(100, 0)), FaceMeshCrop.FromMesh(Mesh(100, degrees)));

        AssertAt(Vector2.Transform(level.Center, turn), turned.Center);
        AssertAt(Vector2.Transform(level.Across, turn), turned.Across);
    }

    // FFHQ's square of these points: side 400, middle (150, 110).
    [Fact]
    public void The_first_square_follows_the_alignment()
    {
        var crop = FaceMeshCrop.FromLandmarks(new FaceLandmarks(new(100, 100), new(200, 100), new(115, 200),
            new(185, 200)));

        AssertAt(new(150, 110 + (0.093f * 400)), crop.Center);
        AssertAt(new(0.97f * 400, 0), crop.Across);
    }

    [Fact]
    public void Pixels_of_the_crop_and_of_the_face_belong_together()
    {
        var crop = FaceMeshCrop.FromMesh(Mesh(100, 20));
        var toFace = crop.ToFace(64);

        AssertAt(crop.Center, Vector2.Transform(new(32, 32), toFace));
        AssertAt(crop.Across, Vector2.Transform(new(64, 9), toFace) - Vector2.Transform(new(0, 9), toFace));
        Assert.Equal(crop.Across.Length() / 64, MathF.Sqrt(toFace.GetDeterminant()), 1e-4f);
    }

    [Fact]
    public void Beyond_the_face_it_is_black()
    {
        var image = new Image(100, 100);
        image.Samples.Fill(200);

        var cut = FaceMeshCrop.FromMesh(Mesh(100, 0), enlarged: 3).Cut(FaceImage.FromAligned(image), 66);

        Assert.Equal((200, 0, 0), (cut.Row(33)[3 * 33], cut.Row(33)[3], cut.Row(1)[3 * 33]));
    }

    private static FaceMesh Mesh(float side, float degrees)
    {
        var place = Matrix3x2.CreateScale(side) * Matrix3x2.CreateRotation(float.DegreesToRadians(degrees));
        // Two points make the oval's extent exact.
        var points = SyntheticMesh.Points();
        (points[1], points[2]) = (new(0.5f, 0.24f), new(0.5f, 0.90f));
        return new FaceMesh(points).Transform(place);
    }

    private static void AssertAt(Vector2 expected, Vector2 actual) =>
        Assert.True(Vector2.Distance(expected, actual) < 0.02f, $"{actual} instead of {expected}");
}
