using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces.Mesh;

/// <summary>
/// The 468 points of a face mesh (MediaPipe Face Mesh), in pixels of a picture (first pixel's centre (0.5, 0.5)).
/// </summary>
public sealed class FaceMesh
{
    /// <summary>Points of a mesh.</summary>
    public const int PointCount = 468;

    private readonly Vector2[] _points = new Vector2[PointCount];
    private readonly float[] _depths = new float[PointCount];

    /// <summary>A mesh of exactly <see cref="PointCount"/> points without depth; they are copied.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public FaceMesh(ReadOnlySpan<Vector2> points)
    {
        RequireCount(points.Length, nameof(points));
        points.CopyTo(_points);
    }

    /// <summary>A mesh of exactly <see cref="PointCount"/> points; Z is the depth. They are copied.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public FaceMesh(ReadOnlySpan<Vector3> points)
    {
        RequireCount(points.Length, nameof(points));
        for (var i = 0; i < PointCount; i++)
            (_points[i], _depths[i]) = (new Vector2(points[i].X, points[i].Y), points[i].Z);
    }

    /// <summary>The points in the mesh's own order; <see cref="FaceMeshRegions"/> names them.</summary>
    public IReadOnlyList<Vector2> Points => _points;

    /// <summary>
    /// Each point's depth in pixels, smaller is nearer to the camera, relative to the head's middle; all 0 where nobody
    /// knows it.
    /// </summary>
    public IReadOnlyList<float> Depths => _depths;

    /// <summary>How sure the network is that there is a face, 0 to 1; null for meshes from elsewhere.</summary>
    public float? Score { get; init; }

    /// <summary>The points with the given indices: the corners of a region.</summary>
    public Vector2[] Polygon(ReadOnlySpan<int> indices)
    {
        var polygon = new Vector2[indices.Length];
        for (var i = 0; i < indices.Length; i++)
            polygon[i] = _points[indices[i]];
        return polygon;
    }

    /// <summary>The mean of the points with the given indices.</summary>
    public Vector2 Center(ReadOnlySpan<int> indices)
    {
        var sum = Vector2.Zero;
        foreach (var index in indices)
            sum += _points[index];
        return sum / indices.Length;
    }

    /// <summary>
    /// Eyes and mouth as an alignment needs them: the middles of the lids' edges, and the corners of the lips.
    /// </summary>
    public FaceLandmarks ToLandmarks() =>
        new(Center(
            FaceMeshRegions.RightEye),
                Center(FaceMeshRegions.LeftEye), _points[FaceMeshRegions.RightMouthCorner],
                _points[FaceMeshRegions.LeftMouthCorner]);

    /// <summary>Closed outlines of parts of the face, in pixels of the picture.</summary>
    /// <param name="parts">Which parts.</param>
    public IEnumerable<Vector2[]> Outlines(MeshParts parts)
    {
        if (parts.HasFlag(MeshParts.Eyes))
        {
            yield return Polygon(FaceMeshRegions.LeftEye);
            yield return Polygon(FaceMeshRegions.RightEye);
        }
        if (parts.HasFlag(MeshParts.Brows))
        {
            yield return Drawing.ConvexHull(Polygon(FaceMeshRegions.LeftBrow));
            yield return Drawing.ConvexHull(Polygon(FaceMeshRegions.RightBrow));
        }
        if (parts.HasFlag(MeshParts.Lips))
            yield return Polygon(FaceMeshRegions.OuterLips);
        if (parts.HasFlag(MeshParts.Nostrils))
        {
            yield return Drawing.ConvexHull(Polygon(FaceMeshRegions.LeftNostril));
            yield return Drawing.ConvexHull(Polygon(FaceMeshRegions.RightNostril));
        }
    }

    /// <summary>The pixels of parts of the face, such as those that are no skin.</summary>
    /// <param name="parts">Which parts.</param>
    /// <param name="width">Columns of the picture that the mesh belongs to.</param>
    /// <param name="height">Its rows.</param>
    public Mask Fill(MeshParts parts, int width, int height)
    {
        var mask = new Mask(width, height);
        // Polygons are drawn from pixel centres, points count from the pixel's corner.
        foreach (var outline in Outlines(parts))
            mask.FillPolygon(Array.ConvertAll(outline, point => point - new Vector2(0.5f)));
        return mask;
    }

    /// <summary>The same mesh in other coordinates; depths grow with the picture.</summary>
    public FaceMesh Transform(Matrix3x2 matrix)
    {
        var scale = MathF.Sqrt(Math.Abs(matrix.GetDeterminant()));
        var points = new Vector3[PointCount];
        for (var i = 0; i < PointCount; i++)
            points[i] = new Vector3(Vector2.Transform(_points[i], matrix), _depths[i] * scale);
        return new FaceMesh(points) { Score = Score };
    }

    private static void RequireCount(int count, string name)
    {
        if (count != PointCount)
            throw new ArgumentException($"a face mesh has {PointCount} points, got {count}", name);
    }
}
