using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

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
