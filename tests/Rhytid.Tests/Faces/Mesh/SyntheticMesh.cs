using System.Numerics;
using Rhytid.Faces.Mesh;

namespace Rhytid.Tests.Faces.Mesh;

/// <summary>468 points of which the named regions lie where a face has them; the rest lie in the middle.</summary>
internal static class SyntheticMesh
{
    /// <summary>The points in shares of the picture's side.</summary>
    public static Vector2[] Points()
    {
        var points = new Vector2[FaceMesh.PointCount];
        Array.Fill(points, new Vector2(0.5f, 0.5f));
        PutOnEllipse(points, FaceMeshRegions.Nose, new(0.5f, 0.57f), new(0.05f, 0.07f));
        PutOnEllipse(points, FaceMeshRegions.LeftBrow, new(0.62f, 0.40f), new(0.06f, 0.015f));
        PutOnEllipse(points, FaceMeshRegions.RightBrow, new(0.38f, 0.40f), new(0.06f, 0.015f));
        PutOnEllipse(points, FaceMeshRegions.LeftEye, new(0.62f, 0.48f), new(0.05f, 0.02f));
        PutOnEllipse(points, FaceMeshRegions.RightEye, new(0.38f, 0.48f), new(0.05f, 0.02f));
        PutOnEllipse(points, FaceMeshRegions.OuterLips, new(0.5f, 0.73f), new(0.1f, 0.04f));
        PutOnEllipse(points, FaceMeshRegions.Oval, new(0.5f, 0.57f), new(0.25f, 0.33f));
        return points;
    }

    private static void PutOnEllipse(Vector2[] points, ReadOnlySpan<int> region, Vector2 center, Vector2 radii)
    {
        for (var i = 0; i < region.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(2 * MathF.PI * i / region.Length);
            points[region[i]] = center + (radii * new Vector2(cos, sin));
        }
    }
}
