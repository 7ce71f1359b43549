using System.Numerics;

namespace Rhytid.Faces.Skin;

/// <summary>The 468 points of a face mesh (MediaPipe Face Mesh), in pixels of a face image (first pixel's centre (0.5, 0.5)).</summary>
public sealed class FaceMesh
{
    /// <summary>Points of a mesh.</summary>
    public const int PointCount = 468;

    private readonly Vector2[] _points;

    /// <summary>A mesh of exactly <see cref="PointCount"/> points; they are copied.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public FaceMesh(ReadOnlySpan<Vector2> points)
    {
        if (points.Length != PointCount)
            throw new ArgumentException($"a face mesh has {PointCount} points, got {points.Length}", nameof(points));
        _points = points.ToArray();
    }

    /// <summary>The points in the mesh's own order; <see cref="FaceMeshRegions"/> names them.</summary>
    public IReadOnlyList<Vector2> Points => _points;

    /// <summary>The points with the given indices: the corners of a region.</summary>
    public Vector2[] Polygon(ReadOnlySpan<int> indices)
    {
        var polygon = new Vector2[indices.Length];
        for (var i = 0; i < indices.Length; i++)
            polygon[i] = _points[indices[i]];
        return polygon;
    }
}
