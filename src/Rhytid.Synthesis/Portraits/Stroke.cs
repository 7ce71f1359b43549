using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Thin tapered lines: hairs, lashes.</summary>
internal static class Stroke
{
    /// <summary>Paints one hair.</summary>
    /// <param name="canvas">Painted on.</param>
    /// <param name="points">From root to tip, in pixels.</param>
    /// <param name="width">Width in pixels at a share 0..1 of the way; below one pixel the hair gets fainter
    /// instead.</param>
    /// <param name="color">Colour at a share of the way.</param>
    /// <param name="opacity">Opacity of a pixel that is covered whole.</param>
    /// <param name="coverage">Where given, collects the opacity.</param>
    public static void Paint(
        Canvas canvas, ReadOnlySpan<Vector2> points, Func<float, float> width, Func<float, Vector3> color,
        float opacity = 1, Plane<float>? coverage = null)
    {
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var share = (i + 0.5f) / (points.Length - 1);
            PaintSegment(canvas, from, to, width(share), color(share), opacity, coverage);
        }
    }

    // A pixel belongs to the segment that its foot point lies on, so that joints are not painted twice.
    private static void PaintSegment(
        Canvas canvas, Vector2 from, Vector2 to, float width, Vector3 color, float opacity, Plane<float>? coverage)
    {
        var along = to - from;
        var length = along.Length();
        if (length < 1e-4f)
            return;
        along /= length;
        var reach = (width / 2) + 1;
        var left = Math.Max(0, (int)(MathF.Min(from.X, to.X) - reach));
        var right = Math.Min(canvas.Size - 1, (int)(MathF.Max(from.X, to.X) + reach));
        var top = Math.Max(0, (int)(MathF.Min(from.Y, to.Y) - reach));
        var bottom = Math.Min(canvas.Size - 1, (int)(MathF.Max(from.Y, to.Y) + reach));
        var most = Math.Min(width, 1) * opacity;
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var offset = new Vector2(x + 0.5f, y + 0.5f) - from;
                var foot = Vector2.Dot(offset, along);
                if (foot < 0 || foot >= length)
                    continue;
                var distance = MathF.Abs((offset.X * along.Y) - (offset.Y * along.X));
                var alpha = Math.Clamp((width / 2) + 0.5f - distance, 0, 1) * most;
                if (alpha <= 0)
                    continue;
                canvas.Over(x, y, color, alpha);
                if (coverage is not null)
                    coverage[x, y] += (1 - coverage[x, y]) * alpha;
            }
        }
    }
}

/// <summary>The picture while it is painted: linear light, back to front.</summary>
internal sealed class Canvas(int size)
{
    private readonly Vector3[] _pixels = new Vector3[size * size];

    public int Size => size;

    public ref Vector3 this[int x, int y] => ref _pixels[(y * size) + x];

    /// <summary>Lays a colour over a pixel.</summary>
    public void Over(int x, int y, Vector3 color, float alpha)
    {
        ref var pixel = ref this[x, y];
        pixel += (color - pixel) * alpha;
    }

    /// <summary>
    /// Calls <paramref name="paint"/> for every row, rows in parallel: no pixel may depend on another row.
    /// </summary>
    public void ForRows(Action<int> paint) => Parallel.For(0, size, paint);
}
