using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces.Mesh;

/// <summary>
/// The square that a mesh network looks at: the eyes level, the face in the middle with half its size around it.
/// </summary>
internal sealed class FaceMeshCrop
{
    // MediaPipe enlarges the square around the face's points by this much.
    private const float Enlarged = 1.5f;

    // Tuned: where FFHQ's square has the middle of the mesh, and the crop's side in its sides, so that the first look
    // is on average at what the second one sees.
    private const float FirstSide = 0.97f;
    private const float FirstDown = 0.093f;

    private FaceMeshCrop(Vector2 center, Vector2 across) => (Center, Across) = (center, across);

    /// <summary>Middle of the square in pixels of the face image.</summary>
    public Vector2 Center { get; }

    /// <summary>From its left edge to its right one.</summary>
    public Vector2 Across { get; }

    /// <summary>The square around eyes and mouth.</summary>
    public static FaceMeshCrop FromLandmarks(FaceLandmarks landmarks)
    {
        var square = FaceAlignment.FromLandmarks(landmarks);
        var (across, down) = (square.TopRight - square.TopLeft, square.BottomLeft - square.TopLeft);
        return new FaceMeshCrop(((square.TopLeft + square.BottomRight) / 2) + (FirstDown * down), FirstSide * across);
    }

    /// <summary>The square around the points of a mesh.</summary>
    public static FaceMeshCrop FromMesh(FaceMesh mesh, float enlarged = Enlarged)
    {
        // Left and right are the person's: the right eye is on the picture's left.
        var direction = Vector2.Normalize(mesh.Center(FaceMeshRegions.LeftEye) - mesh.Center(FaceMeshRegions.RightEye));
        if (!float.IsFinite(direction.X))
            direction = Vector2.UnitX;
        var down = new Vector2(-direction.Y, direction.X);
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        foreach (var point in mesh.Points)
        {
            var turned = new Vector2(Vector2.Dot(point, direction), Vector2.Dot(point, down));
            (low, high) = (Vector2.Min(low, turned), Vector2.Max(high, turned));
        }
        var middle = (low + high) / 2;
        var side = enlarged * Math.Max(high.X - low.X, high.Y - low.Y);
        return new FaceMeshCrop((middle.X * direction) + (middle.Y * down), side * direction);
    }

    /// <summary>Takes pixels of the crop to pixels of the face image.</summary>
    /// <param name="size">Side of the crop in pixels.</param>
    public Matrix3x2 ToFace(int size)
    {
        var across = Across / size;
        var down = new Vector2(-across.Y, across.X);
        var corner = Center - (size / 2f * (across + down));
        return new Matrix3x2(across.X, across.Y, down.X, down.Y, corner.X, corner.Y);
    }

    /// <summary>Cuts the square out; beyond the face image it is black.</summary>
    public Image Cut(FaceImage face, int size)
    {
        // Shrunk by area first: sampling alone would alias, and the points would tremble.
        var shrink = Math.Max(1, Across.Length() / size);
        var width = Math.Max(1, (int)MathF.Round(face.Width / shrink));
        var height = Math.Max(1, (int)MathF.Round(face.Height / shrink));
        var source = (width, height) == (face.Width, face.Height) ? face.Image : face.Image.Resize(width, height);
        var faceToSource = Matrix3x2.CreateScale((float)width / face.Width, (float)height / face.Height);
        return source.Warp(size, size, ToFace(size) * faceToSource, Interpolation.Linear, BorderMode.Zero);
    }
}
