using System.Collections.Concurrent;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Courses of real wrinkles: a folder of masks that people drew on faces in FFHQ's frame. Masks are read when they are
/// first needed. Safe to use from many threads.
/// </summary>
public sealed class WrinkleCurves
{
    private readonly string[] _files;
    private readonly ConcurrentDictionary<int, Lazy<IReadOnlyList<MaskCurve>>> _read = new();

    private WrinkleCurves(string[] files) => _files = files;

    /// <summary>How many masks there are.</summary>
    public int Count => _files.Length;

    /// <summary>Looks for masks.</summary>
    /// <param name="folder">Holds PNG masks of aligned faces; folders below it are not searched.</param>
    /// <exception cref="ImageException">There is no such folder, or no PNG in it.</exception>
    public static WrinkleCurves Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new ImageException($"{folder}: there is no such folder of wrinkle masks");
        var files = Directory.GetFiles(folder, "*.png");
        if (files.Length == 0)
            throw new ImageException($"{folder}: there are no PNG masks in this folder");
        Array.Sort(files, StringComparer.Ordinal);
        return new WrinkleCurves(files);
    }

    /// <summary>What a mask is called: its file's name without the extension.</summary>
    internal string NameOf(int index) => Path.GetFileNameWithoutExtension(_files[index]);

    /// <summary>The curves of one mask.</summary>
    /// <exception cref="ImageException">It cannot be read or is not square.</exception>
    internal IReadOnlyList<MaskCurve> Curves(int index) =>
        _read.GetOrAdd(index, place => new Lazy<IReadOnlyList<MaskCurve>>(() => Read(_files[place]))).Value;

    private static IReadOnlyList<MaskCurve> Read(string file)
    {
        try
        {
            var mask = ImageEncoding.LoadMask(file);
            if (mask.Width != mask.Height)
                throw new ImageException(
                    $"{file}: a mask of {mask.Width} x {mask.Height} pixels is not in FFHQ's square frame");
            return CurveExtraction.Extract(mask);
        }
        catch (ImageException error)
        {
            throw new ImageException($"{file}: {error.Message}", error);
        }
    }
}

/// <summary>The course of a wrinkle that somebody drew on a real face.</summary>
/// <param name="Region">Where it lies.</param>
/// <param name="Points">In face coordinates, about evenly spaced and smoothed.</param>
internal sealed record MaskCurve(WrinkleRegion Region, Vector2[] Points)
{
    public float Length { get; } = LengthOf(Points);

    private static float LengthOf(Vector2[] points)
    {
        var length = 0f;
        for (var i = 1; i < points.Length; i++)
            length += Vector2.Distance(points[i - 1], points[i]);
        return length;
    }
}

/// <summary>Tells by place and direction to which region a drawn curve belongs.</summary>
internal static class CurveRegion
{
    /// <summary>The region, or null for a crease of the upper lid and for what lies on cheeks, jaw or neck.</summary>
    /// <param name="points">In face coordinates.</param>
    public static WrinkleRegion? Find(IReadOnlyList<Vector2> points)
    {
        var middle = points.Aggregate(Vector2.Zero, (sum, point) => sum + point) / points.Count;
        var (u, v) = (MathF.Abs(middle.X), middle.Y);
        var span = points[^1] - points[0];
        var upright = MathF.Abs(span.Y) > MathF.Abs(span.X);
        if (v < -0.36f)
            return u < 0.24f && v > -0.62f && upright
                ? WrinkleRegion.Glabella
                : v > -1.35f ? WrinkleRegion.Forehead : null;
        if (u < 0.24f)
            return v < 0.32f ? WrinkleRegion.Glabella : v is > 0.78f and < 1.35f ? WrinkleRegion.Perioral : null;
        if (u < 0.84f && v < 0.06f)
            return null;
        if (u >= 0.78f && v < 0.42f)
            return u < 1.25f ? WrinkleRegion.CrowsFeet : null;
        if (v < 0.46f)
            return WrinkleRegion.UnderEye;
        if (u > 0.8f)
            return null;
        if (v < 1.12f)
            return u < 0.42f && v > 0.8f ? WrinkleRegion.Perioral : WrinkleRegion.Nasolabial;
        return v < 1.62f && upright ? WrinkleRegion.Marionette : null;
    }
}

/// <summary>Turns a mask of drawn wrinkles into curves: skeleton, paths, smoothing.</summary>
internal static class CurveExtraction
{
    // In eye distances: shorter ones are crumbs of the skeleton; the spacing irons out the steps of pixels.
    private const float ShortestLength = 0.11f, Spacing = 0.035f;

    // A line much longer than the way between its ends is two that cross, or a slip of the pen.
    private const float MostWinding = 1.3f;

    /// <summary>The curves of an aligned square mask.</summary>
    public static IReadOnlyList<MaskCurve> Extract(Mask mask)
    {
        var frame = FaceFrame.OfAligned(mask.Width);
        var (labels, components) = mask.Thin().Components();
        var curves = new List<MaskCurve>();
        foreach (var component in components)
            foreach (var path in SkeletonPaths.Trace(Pixels(labels, component)))
                if (Curve(path, frame) is { } curve)
                    curves.Add(curve);
        return curves;
    }

    // A scrap of a fold says nothing about the fold.
    private static float LeastFold(WrinkleRegion region) => region switch
    {
        WrinkleRegion.Nasolabial => 0.32f,
        WrinkleRegion.Marionette => 0.18f,
        _ => 0,
    };

    private static List<(int X, int Y)> Pixels(Plane<int> labels, Component component)
    {
        var pixels = new List<(int X, int Y)>(component.Area);
        for (var y = component.Bounds.Top; y < component.Bounds.Bottom; y++)
            for (var x = component.Bounds.Left; x < component.Bounds.Right; x++)
                if (labels[x, y] == component.Label)
                    pixels.Add((x, y));
        return pixels;
    }

    private static MaskCurve? Curve(IReadOnlyList<(int X, int Y)> path, FaceFrame frame)
    {
        var step = Math.Max(1, (int)(Spacing * frame.Scale));
        if (path.Count < ShortestLength * frame.Scale || path.Count <= 2 * step)
            return null;
        var count = Math.Max(3, (path.Count / step) + 1);
        var points = new Vector2[count];
        for (var i = 0; i < count; i++)
        {
            // The mean of the neighbourhood; at the ends it shrinks, so that the curve keeps its length.
            var middle = (int)((long)i * (path.Count - 1) / (count - 1));
            var reach = Math.Min(step, Math.Min(middle, path.Count - 1 - middle));
            var sum = Vector2.Zero;
            for (var k = middle - reach; k <= middle + reach; k++)
                sum += new Vector2(path[k].X + 0.5f, path[k].Y + 0.5f);
            points[i] = frame.ToFace(sum / ((2 * reach) + 1));
        }
        if (CurveRegion.Find(points) is not { } region)
            return null;
        // Folds are drawn from their upper end, so that their hanging side is known.
        if (region is WrinkleRegion.Nasolabial or WrinkleRegion.Marionette && points[0].Y > points[^1].Y)
            Array.Reverse(points);
        var curve = new MaskCurve(region, points);
        return curve.Length > MostWinding * Vector2.Distance(points[0], points[^1]) || curve.Length < LeastFold(region)
            ? null
            : curve;
    }
}
