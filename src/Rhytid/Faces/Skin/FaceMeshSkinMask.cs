using System.Numerics;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Skin by mesh points (Kim, Lee, Rew and Hwang 2024; Bui et al.): the face's oval without eyes, lips and nose.
/// </summary>
/// <remarks>
/// Published: the regions. Inferred: the nose as the convex hull of its points, and that brows stay in.
/// </remarks>
/// <param name="meshes">Where the points come from.</param>
public sealed class FaceMeshSkinMask(IFaceMeshProvider meshes) : ISkinMaskProvider
{
    // Polygons are drawn from pixel centres, landmarks count from the pixel's corner.
    private static readonly Vector2 HalfPixel = new(0.5f, 0.5f);

    /// <summary>Whether brows are cut out as well. The papers name eyes, nose, mouth and background only.</summary>
    public bool DropBrows { get; init; }

    /// <summary>How far the mask keeps from the oval's edge and from the parts cut out, in pixels.</summary>
    public int MarginPixels { get; init; }

    /// <inheritdoc/>
    public string NothingFound =>
        "no face mesh was found on this face, so it was not searched for wrinkles; leave --landmarks out, or give a skin mask";

    /// <inheritdoc/>
    public Mask Find(FaceImage face, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        return meshes.Find(face, cancellationToken) is { } mesh
            ? Draw(mesh, face.Width, face.Height)
            : new Mask(face.Width, face.Height);
    }

    /// <summary>The skin of one mesh.</summary>
    /// <param name="mesh">In pixels of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="height">Rows of the mask.</param>
    public Mask Draw(FaceMesh mesh, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentOutOfRangeException.ThrowIfNegative(MarginPixels);
        var skin = new Mask(width, height);
        skin.FillPolygon(Corners(mesh, FaceMeshRegions.Oval));
        Cut(skin, Corners(mesh, FaceMeshRegions.LeftEye));
        Cut(skin, Corners(mesh, FaceMeshRegions.RightEye));
        Cut(skin, Corners(mesh, FaceMeshRegions.OuterLips));
        Cut(skin, Drawing.ConvexHull(Corners(mesh, FaceMeshRegions.Nose)));
        if (DropBrows)
        {
            Cut(skin, Drawing.ConvexHull(Corners(mesh, FaceMeshRegions.LeftBrow)));
            Cut(skin, Drawing.ConvexHull(Corners(mesh, FaceMeshRegions.RightBrow)));
        }
        return MarginPixels == 0 ? skin : skin.Erode((2 * MarginPixels) + 1);
    }

    private static void Cut(Mask skin, Vector2[] polygon) => skin.FillPolygon(polygon, value: false);

    private static Vector2[] Corners(FaceMesh mesh, ReadOnlySpan<int> region) =>
        Array.ConvertAll(mesh.Polygon(region), point => point - HalfPixel);
}
