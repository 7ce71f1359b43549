using System.Numerics;
using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>An opaque colour.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue);

/// <summary>
/// Draws into pictures and masks, in place. Coordinates are pixel centres: (0, 0) is the first pixel.
/// </summary>
public static class Drawing
{
    // OpenCV takes positions between pixels as integers with this many bits after the point.
    private const int FractionBits = 4;

    /// <summary>Fills a polygon.</summary>
    public static void FillPolygon(this Image image, ReadOnlySpan<Vector2> points, Rgb color, bool antialias = true) =>
        FillPolygon(image, points, ToScalar(color), antialias);

    /// <summary>Adds a filled polygon to a mask, or takes it away.</summary>
    public static void FillPolygon(this Mask mask, ReadOnlySpan<Vector2> points, bool value = true) =>
        FillPolygon(mask, points, Scalar.All(value ? Mask.Set : 0), antialias: false);

    /// <summary>Draws a line through points.</summary>
    public static void DrawLine(
        this Image image, ReadOnlySpan<Vector2> points, Rgb color, int thickness = 1, bool closed = false,
        bool antialias = true) =>
        DrawLine(image, points, ToScalar(color), thickness, closed, antialias);

    /// <summary>Draws a line through points into a mask.</summary>
    public static void DrawLine(this Mask mask, ReadOnlySpan<Vector2> points, int thickness = 1, bool closed = false) =>
        DrawLine(mask, points, Scalar.All(Mask.Set), thickness, closed, antialias: false);

    /// <summary>Draws an ellipse; a negative thickness fills it.</summary>
    public static void DrawEllipse(
        this Image image, Vector2 center, Vector2 radii, double angleDegrees, Rgb color, int thickness = 1) =>
        DrawEllipse(
            image, center, radii, angleDegrees, ToScalar(color), thickness, antialias: true);

    /// <summary>Adds a filled ellipse to a mask, or takes it away.</summary>
    public static void FillEllipse(
        this Mask mask, Vector2 center, Vector2 radii, double angleDegrees = 0, bool value = true) =>
        DrawEllipse(
            mask, center, radii, angleDegrees, Scalar.All(value ? Mask.Set : 0), thickness: -1, antialias: false);

    /// <summary>The corners of the convex hull of some points.</summary>
    public static Vector2[] ConvexHull(ReadOnlySpan<Vector2> points)
    {
        RequirePoints(points);
        var corners = Array.ConvertAll(points.ToArray(), point => new Point2f(point.X, point.Y));
        var hull = OpenCv.Run(() => Cv2.ConvexHull(corners));
        return Array.ConvertAll(hull, corner => new Vector2(corner.X, corner.Y));
    }

    private static void FillPolygon(Raster<byte> raster, ReadOnlySpan<Vector2> points, Scalar color, bool antialias)
    {
        ArgumentNullException.ThrowIfNull(raster);
        var polygon = Fixed(points);
        OpenCv.Draw(raster, to => Cv2.FillPoly(to, [polygon], color, Line(antialias), FractionBits));
    }

    private static void DrawLine(
        Raster<byte> raster, ReadOnlySpan<Vector2> points, Scalar color, int thickness, bool closed, bool antialias)
    {
        ArgumentNullException.ThrowIfNull(raster);
        var line = Fixed(points);
        OpenCv.Draw(
            raster, to => Cv2.Polylines(to, [line], closed, color, thickness, Line(antialias), FractionBits));
    }

    private static void DrawEllipse(
        Raster<byte> raster, Vector2 center, Vector2 radii, double angleDegrees, Scalar color, int thickness,
        bool antialias)
    {
        ArgumentNullException.ThrowIfNull(raster);
        if (radii.X < 0 || radii.Y < 0)
            throw new ImageException("an ellipse has no negative radius");
        var (middle, axes) = (Fixed(center), Fixed(radii));
        OpenCv.Draw(
            raster,
            to => Cv2.Ellipse(
                to, middle, new Size(axes.X, axes.Y), angleDegrees, 0, 360, color, thickness, Line(antialias),
                FractionBits));
    }

    private static Scalar ToScalar(Rgb color) => new(color.Red, color.Green, color.Blue);

    private static LineTypes Line(bool antialias) => antialias ? LineTypes.AntiAlias : LineTypes.Link8;

    private static Point[] Fixed(ReadOnlySpan<Vector2> points)
    {
        RequirePoints(points);
        return Array.ConvertAll(points.ToArray(), Fixed);
    }

    private static Point Fixed(Vector2 point)
    {
        const float Farthest = 1e6f;
        const int One = 1 << FractionBits;
        // Not a number is not below the limit either.
        if (!(MathF.Abs(point.X) < Farthest && MathF.Abs(point.Y) < Farthest))
            throw new ImageException("a point lies far outside the picture");
        return new Point((int)MathF.Round(point.X * One), (int)MathF.Round(point.Y * One));
    }

    private static void RequirePoints(ReadOnlySpan<Vector2> points)
    {
        if (points.IsEmpty)
            throw new ImageException("no points");
    }
}
