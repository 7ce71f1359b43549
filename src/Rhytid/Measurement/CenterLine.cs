using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Measurement;

/// <summary>The centre lines of one wrinkle: a main line and the branches that leave it.</summary>
/// <param name="LengthPixels">Of all lines together, out to the ends of the mask.</param>
/// <param name="Lines">Smoothed points, first pixel's centre (0.5, 0.5); the main line comes first.</param>
internal sealed record CenterLine(float LengthPixels, IReadOnlyList<Vector2[]> Lines)
{
    // A pixel path zigzags around the true line and is up to 8 % longer; a running mean over this many pixels to each
    // side takes that away and leaves curves of a wrinkle's radius alone.
    private const int SmoothingReach = 5;

    // The direction of a line at its end, over this many pixels.
    private const int DirectionReach = 7;

    /// <summary>Follows the skeleton of one component.</summary>
    /// <param name="skeleton">Its pixels (x, y), one pixel wide and 8-connected.</param>
    /// <param name="mask">The mask it was thinned from.</param>
    /// <param name="radius">Distance from each pixel of the mask to the nearest pixel outside.</param>
    public static CenterLine Trace(IReadOnlyList<(int X, int Y)> skeleton, Mask mask, Plane<float> radius)
    {
        var lines = new List<Vector2[]>();
        var length = 0f;
        foreach (var path in SkeletonPaths.Trace(skeleton))
        {
            // Thinning a wide or rough mask leaves spurs about as long as the mask is wide: no line of their own.
            var start = path[0];
            if (lines.Count > 0 && path.Count < (1.5f * radius[start.X, start.Y]) + 2)
                continue;
            var points = Smooth(path);
            lines.Add(points);
            length += LengthOf(points) + BeyondEnd(points, fromStart: false)
                + (lines.Count == 1 ? BeyondEnd(points, fromStart: true) : 0);
        }
        return new CenterLine(length, lines);

        // Thinning stops about half a width before the end of the mask: go on straight until the mask is left.
        float BeyondEnd(Vector2[] points, bool fromStart)
        {
            var end = fromStart ? points[0] : points[^1];
            var inner = fromStart
                ? points[Math.Min(DirectionReach, points.Length - 1)]
                : points[Math.Max(0, points.Length - 1 - DirectionReach)];
            if (inner == end)
                return 0.5f;
            var direction = Vector2.Normalize(end - inner);
            var most = 2 * radius[(int)end.X, (int)end.Y];
            var step = 0f;
            while (step < most && IsIn(end + (step * direction)))
                step += 0.25f;
            return step;
        }

        bool IsIn(Vector2 point) =>
            point.X >= 0
                && point.Y >= 0
                && point.X < mask.Width
                && point.Y < mask.Height
                && mask[(int)point.X, (int)point.Y];
    }

    private static float LengthOf(Vector2[] points)
    {
        var length = 0f;
        for (var i = 1; i < points.Length; i++)
            length += Vector2.Distance(points[i - 1], points[i]);
        return length;
    }

    private static Vector2[] Smooth(IReadOnlyList<(int X, int Y)> path)
    {
        var points = new Vector2[path.Count];
        for (var i = 0; i < points.Length; i++)
        {
            // Windows shrink towards the ends, so that the ends stay where they are.
            var reach = Math.Min(SmoothingReach, Math.Min(i, points.Length - 1 - i));
            var sum = Vector2.Zero;
            for (var j = i - reach; j <= i + reach; j++)
                sum += new Vector2(path[j].X, path[j].Y);
            points[i] = (sum / ((2 * reach) + 1)) + new Vector2(0.5f);
        }
        return points;
    }
}
