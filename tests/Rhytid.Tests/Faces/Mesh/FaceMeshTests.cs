using System.Numerics;
using Rhytid.Faces.Mesh;

namespace Rhytid.Tests.Faces.Mesh;

public sealed class FaceMeshTests
{
    [Fact]
    public void A_mesh_has_468_points()
    {
        Assert.Throws<ArgumentException>(() => new FaceMesh(new Vector2[467]));
    }

    [Fact]
    public void Eyes_and_mouth_are_the_middles_of_lids_and_the_corners_of_lips()
    {
        var landmarks = Mesh(100).ToLandmarks();

        // The person's right eye lies on the picture's left.
        AssertAt(new(38, 48), landmarks.LeftEye);
        AssertAt(new(62, 48), landmarks.RightEye);
        Assert.Equal(Mesh(100).Points[61], landmarks.LeftMouth);
        Assert.Equal(Mesh(100).Points[291], landmarks.RightMouth);
    }

    [Fact]
    public void Depths_grow_with_the_picture_and_not_with_its_turn()
    {
        var mesh = new FaceMesh([.. SyntheticMesh.Points().Select(point => new Vector3(point, 0.5f))]) { Score = 0.9f };

        var moved = mesh.Transform(
            Matrix3x2.CreateRotation(1) * Matrix3x2.CreateScale(4) * Matrix3x2.CreateTranslation(5, 6));

        Assert.All(moved.Depths, depth => Assert.Equal(2, depth, 1e-5f));
        Assert.Equal(0.9f, moved.Score);
        Assert.Equal(4 * Vector2.Distance(mesh.Points[10], mesh.Points[152]),
            Vector2.Distance(moved.Points[10], moved.Points[152]), 1e-3f);
    }

    // Polygons of 16 and 20 corners in ellipses of 25 x 10 and 50 x 20 pixels.
    [Fact]
    public void Parts_are_filled_as_large_as_their_outlines()
    {
        var mesh = Mesh(500);

        Assert.InRange(mesh.Fill(MeshParts.Eyes, 500, 500).Count(), 2 * 0.97 * Polygon(16) * 25 * 10, 2 * 900);
        Assert.InRange(mesh.Fill(MeshParts.Lips, 500, 500).Count(), 0.97 * Polygon(20) * 50 * 20, 3300);
        Assert.Equal(0, mesh.Fill(0, 500, 500).Count());
        Assert.Equal([2, 2, 1, 2], new[] { MeshParts.Eyes, MeshParts.Brows, MeshParts.Lips, MeshParts.Nostrils }
            .Select(part => mesh.Outlines(part).Count()));

        // Area of a regular polygon in a circle of radius 1.
        static double Polygon(int corners) => corners / 2.0 * Math.Sin(2 * Math.PI / corners);
    }

    private static FaceMesh Mesh(float side) => new([.. SyntheticMesh.Points().Select(point => point * side)]);

    private static void AssertAt(Vector2 expected, Vector2 actual) =>
        Assert.True(Vector2.Distance(expected, actual) < 1e-3f, $"{actual} instead of {expected}");
}
