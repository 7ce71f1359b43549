using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces.Mesh;

/// <summary>
/// Pictures that show meshes: every point, and the outlines of the named parts in colours of their own.
/// </summary>
public static class FaceMeshDrawing
{
    // A face has to be this wide for 468 points to be told apart; smaller ones are enlarged with their photo.
    private const float ReadableWidth = 480;
    private const int LargestEnlarged = 2400;
    private const float MaxFactor = 8;

    private static readonly Rgb Plain = new(255, 255, 255);
    private static readonly Rgb Oval = new(30, 220, 230);
    private static readonly Rgb Eyes = new(60, 230, 80);
    private static readonly Rgb Brows = new(255, 200, 40);
    private static readonly Rgb Lips = new(240, 40, 60);
    private static readonly Rgb Nose = new(230, 80, 240);

    /// <summary>
    /// Draws meshes over their photo: oval cyan, eyes green, brows yellow, lips red, nose magenta, other points white.
    /// </summary>
    /// <param name="photo">The photo; it is enlarged where its largest face is small.</param>
    /// <param name="meshes">In pixels of the photo.</param>
    public static Image Draw(Image photo, IReadOnlyList<FaceMesh> meshes)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(meshes);
        var factor = meshes.Count == 0
            ? 1
            : Math.Clamp(
                ReadableWidth / meshes.Max(Width), 1,
                Math.Max(1, Math.Min(MaxFactor, (float)LargestEnlarged / Math.Max(photo.Width, photo.Height))));
        var picture = factor > 1
            ? photo.Resize((int)MathF.Round(photo.Width * factor), (int)MathF.Round(photo.Height * factor))
            : photo.Clone();
        var scale = Matrix3x2.CreateScale((float)picture.Width / photo.Width, (float)picture.Height / photo.Height);
        foreach (var mesh in meshes)
            Draw(picture, mesh.Transform(scale));
        return picture;
    }

    private static void Draw(Image picture, FaceMesh mesh)
    {
        var width = Width(mesh);
        var line = Math.Max(1, (int)MathF.Round(width / 300));
        var dot = new Vector2(Math.Max(0.6f, width / 350));
        foreach (var point in mesh.Points)
            picture.DrawEllipse(Center(point), dot, 0, Plain, thickness: -1);
        Outline(FaceMeshRegions.Oval, Oval);
        Outline(FaceMeshRegions.LeftEye, Eyes);
        Outline(FaceMeshRegions.RightEye, Eyes);
        Outline(FaceMeshRegions.OuterLips, Lips);
        Hull(FaceMeshRegions.LeftBrow, Brows);
        Hull(FaceMeshRegions.RightBrow, Brows);
        Hull(FaceMeshRegions.Nose, Nose);

        void Outline(ReadOnlySpan<int> region, Rgb color) =>
            Line(Array.ConvertAll(mesh.Polygon(region), Center), region, color);

        void Hull(ReadOnlySpan<int> region, Rgb color) =>
            Line(Drawing.ConvexHull(Array.ConvertAll(mesh.Polygon(region), Center)), region, color);

        void Line(Vector2[] corners, ReadOnlySpan<int> region, Rgb color)
        {
            picture.DrawLine(corners, color, line, closed: true);
            foreach (var point in mesh.Polygon(region))
                picture.DrawEllipse(Center(point), dot * 1.5f, 0, color, thickness: -1);
        }
    }

    // Drawing counts from pixel centres, meshes from the pixel's corner.
    private static Vector2 Center(Vector2 point) => point - new Vector2(0.5f);

    private static float Width(FaceMesh mesh) =>
        Math.Max(1, mesh.Points.Max(point => point.X) - mesh.Points.Min(point => point.X));
}
