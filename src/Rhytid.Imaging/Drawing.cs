using System.Numerics;
using Rhytid.Imaging.Native;

namespace Rhytid.Imaging;

/// <summary>An opaque colour.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue);

/// <summary>
/// Draws into pictures and masks, in place. Coordinates are pixel centres: (0, 0) is the first pixel.
/// </summary>
public static unsafe class Drawing
{
    /// <summary>Fills a polygon.</summary>
    public static void FillPolygon(this Image image, ReadOnlySpan<Vector2> points, Rgb color, bool antialias = true) =>
        FillPolygon(image, points, [color.Red, color.Green, color.Blue], antialias);

    /// <summary>Adds a filled polygon to a mask, or takes it away.</summary>
    public static void FillPolygon(this Mask mask, ReadOnlySpan<Vector2> points, bool value = true) =>
        FillPolygon(mask, points, [value ? Mask.Set : 0], antialias: false);

    /// <summary>Draws a line through points.</summary>
    public static void DrawLine(
        this Image image, ReadOnlySpan<Vector2> points, Rgb color, int thickness = 1, bool closed = false,
        bool antialias = true) =>
        DrawLine(image, points, [color.Red, color.Green, color.Blue], thickness, closed, antialias);

    /// <summary>Draws a line through points into a mask.</summary>
    public static void DrawLine(this Mask mask, ReadOnlySpan<Vector2> points, int thickness = 1, bool closed = false) =>
        DrawLine(mask, points, [Mask.Set], thickness, closed, antialias: false);

    /// <summary>Draws an ellipse; a negative thickness fills it.</summary>
    public static void DrawEllipse(
        this Image image, Vector2 center, Vector2 radii, double angleDegrees, Rgb color, int thickness = 1) =>
        DrawEllipse(
            image, center, radii, angleDegrees, [color.Red, color.Green, color.Blue], thickness, antialias: true);

    /// <summary>Adds a filled ellipse to a mask, or takes it away.</summary>
    public static void FillEllipse(
        this Mask mask, Vector2 center, Vector2 radii, double angleDegrees = 0, bool value = true) =>
        DrawEllipse(mask, center, radii, angleDegrees, [value ? Mask.Set : 0], thickness: -1, antialias: false);

    /// <summary>The corners of the convex hull of some points.</summary>
    public static Vector2[] ConvexHull(ReadOnlySpan<Vector2> points)
    {
        var hull = new Vector2[points.Length];
        var count = 0;
        fixed (Vector2* from = points, to = hull)
            Vision.Check(VisionLibrary.rv_convex_hull((float*)from, points.Length, (float*)to, out count));
        return hull[..count];
    }

    private static void FillPolygon(Raster<byte> raster, ReadOnlySpan<Vector2> points, double[] color, bool antialias)
    {
        ArgumentNullException.ThrowIfNull(raster);
        fixed (Vector2* p = points)
        fixed (double* c = color)
            Vision.Check(VisionLibrary.rv_fill_polygon(raster.View, (float*)p, points.Length, c, antialias ? 1 : 0));
        GC.KeepAlive(raster);
    }

    private static void DrawLine(
        Raster<byte> raster, ReadOnlySpan<Vector2> points, double[] color, int thickness, bool closed, bool antialias)
    {
        ArgumentNullException.ThrowIfNull(raster);
        fixed (Vector2* p = points)
        fixed (double* c = color)
            Vision.Check(
                VisionLibrary.rv_polyline(
                    raster.View, (float*)p, points.Length, closed ? 1 : 0, c, thickness, antialias ? 1 : 0));
        GC.KeepAlive(raster);
    }

    private static void DrawEllipse(
        Raster<byte> raster, Vector2 center, Vector2 radii, double angleDegrees, double[] color, int thickness,
        bool antialias)
    {
        ArgumentNullException.ThrowIfNull(raster);
        fixed (double* c = color)
            Vision.Check(
                VisionLibrary.rv_ellipse(
                    raster.View, new NativePoint(center.X, center.Y), new NativePoint(radii.X, radii.Y),
                    angleDegrees, c, thickness, antialias ? 1 : 0));
        GC.KeepAlive(raster);
    }
}
