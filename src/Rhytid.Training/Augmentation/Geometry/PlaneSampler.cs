using System.Drawing;
using System.Numerics;

namespace Rhytid.Training.Augmentation;

/// <summary>Computes pixels of a result from those of a picture; what comes from outside is 0.</summary>
/// <typeparam name="T">Byte or Single.</typeparam>
/// <param name="plane">Rows of the picture; empty for one that is 1 everywhere.</param>
/// <param name="width">Its columns.</param>
/// <param name="height">Its rows.</param>
/// <param name="grid">Where pixels come from.</param>
internal readonly ref struct PlaneSampler<T>(ReadOnlySpan<T> plane, int width, int height, SamplingGrid grid)
    where T : unmanaged, INumberBase<T>
{
    private readonly ReadOnlySpan<T> _plane = plane;

    /// <summary>Linear between the four neighbours.</summary>
    /// <param name="part">Of the result, inside the grid's window.</param>
    /// <param name="target">Its rows.</param>
    public void Bilinear(Rectangle part, Span<float> target) => Sample(part, target, isLinear: true);

    /// <summary>The pixel that is nearest.</summary>
    /// <param name="part">Of the result, inside the grid's window.</param>
    /// <param name="target">Its rows.</param>
    public void Nearest(Rectangle part, Span<float> target) => Sample(part, target, isLinear: false);

    /// <summary>
    /// By <see cref="MaskSampling.KeepLines"/>; the window should reach a pixel beyond the part where the result does.
    /// </summary>
    /// <param name="part">Of the result, inside the grid's window.</param>
    /// <param name="target">Its rows.</param>
    public void KeepLines(Rectangle part, Span<float> target)
    {
        var window = grid.Window;
        if (grid.IsIdentity || window.Width < 2 || window.Height < 2)
        {
            Nearest(part, target);
            return;
        }
        for (var row = 0; row < part.Height; row++)
        {
            var y = part.Top + row;
            // The last row's step is that of the row before it.
            var above = Math.Min(y, window.Bottom - 2);
            var xs = grid.X(y);
            var ys = grid.Y(y);
            var xsAbove = grid.X(above);
            var ysAbove = grid.Y(above);
            var xsBelow = grid.X(above + 1);
            var ysBelow = grid.Y(above + 1);
            var line = target.Slice(row * part.Width, part.Width);
            for (var i = 0; i < line.Length; i++)
            {
                var column = part.Left - window.Left + i;
                var before = Math.Min(column, window.Width - 2);
                var (acrossX, acrossY) = Half(xs[before + 1] - xs[before], ys[before + 1] - ys[before]);
                var (downX, downY) = Half(xsBelow[column] - xsAbove[column], ysBelow[column] - ysAbove[column]);
                var (px, py) = (xs[column], ys[column]);
                line[i] = Math.Max(
                    Math.Max(
                        At(px + acrossX + downX, py + acrossY + downY), At(px + acrossX - downX, py + acrossY - downY)),
                    Math.Max(
                        At(px - acrossX + downX, py - acrossY + downY),
                        At(px - acrossX - downX, py - acrossY - downY)));
            }
        }
    }

    private void Sample(Rectangle part, Span<float> target, bool isLinear)
    {
        if (grid.IsIdentity)
        {
            Copy(part, target);
            return;
        }
        for (var row = 0; row < part.Height; row++)
        {
            var xs = Row(grid.X(part.Top + row), part);
            var ys = Row(grid.Y(part.Top + row), part);
            var line = target.Slice(row * part.Width, part.Width);
            for (var i = 0; i < line.Length; i++)
                line[i] = isLinear ? Blend(xs[i], ys[i]) : At(xs[i], ys[i]);
        }
    }

    // Half the way between two samples. Neighbouring results lie s source pixels apart; samples (s - 1) / 2 to either
    // side of a place leave gaps of s - 1 and 1, neither more than a pixel, and in all they cover s pixels: a line's
    // width stays.
    private static (float X, float Y) Half(float stepX, float stepY)
    {
        var distance = Math.Clamp(MathF.Sqrt((stepX * stepX) + (stepY * stepY)), 1, 2);
        var factor = 0.5f * (1 - (1 / distance));
        return (stepX * factor, stepY * factor);
    }

    private ReadOnlySpan<float> Row(ReadOnlySpan<float> places, Rectangle part) =>
        places.Slice(part.Left - grid.Window.Left, part.Width);

    private void Copy(Rectangle part, Span<float> target)
    {
        for (var row = 0; row < part.Height; row++)
        {
            var line = target.Slice(row * part.Width, part.Width);
            if (_plane.IsEmpty)
                line.Fill(1);
            else
                System.Numerics.Tensors.TensorPrimitives.ConvertChecked(
                    _plane.Slice(((part.Top + row) * width) + part.Left, part.Width), line);
        }
    }

    private float At(float x, float y)
    {
        var (column, row) = (MathF.Round(x), MathF.Round(y));
        // What is no number is outside too.
        if (!(column >= 0 && column < width && row >= 0 && row < height))
            return 0;
        return _plane.IsEmpty ? 1 : float.CreateTruncating(_plane[((int)row * width) + (int)column]);
    }

    private float Blend(float x, float y)
    {
        if (!(x > -1 && x < width && y > -1 && y < height))
            return 0;
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (right, lower) = (x - left, y - top);
        if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1)
        {
            var upperRow = _plane.Slice((top * width) + left, 2);
            var lowerRow = _plane.Slice(((top + 1) * width) + left, 2);
            return Mix(
                float.CreateTruncating(upperRow[0]), float.CreateTruncating(upperRow[1]),
                float.CreateTruncating(lowerRow[0]), float.CreateTruncating(lowerRow[1]), right, lower);
        }
        return Mix(
            Pixel(left, top), Pixel(left + 1, top), Pixel(left, top + 1), Pixel(left + 1, top + 1), right, lower);
    }

    private static float Mix(
        float upperLeft, float upperRight, float lowerLeft, float lowerRight, float right, float lower) =>
        ((1 - lower) * (((1 - right) * upperLeft) + (right * upperRight)))
            + (lower * (((1 - right) * lowerLeft) + (right * lowerRight)));

    private float Pixel(int column, int row) =>
        column >= 0 && column < width && row >= 0 && row < height
            ? float.CreateTruncating(_plane[(row * width) + column])
            : 0;
}
