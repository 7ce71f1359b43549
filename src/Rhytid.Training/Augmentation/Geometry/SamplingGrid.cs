using System.Drawing;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Where every pixel of a part of a result comes from, all operations of a draw in one: pictures are interpolated once.
/// </summary>
internal sealed class SamplingGrid
{
    private readonly Rectangle _window;
    private readonly float[] _x;
    private readonly float[] _y;

    private SamplingGrid(Rectangle window, bool isIdentity) =>
        (_window, _x, _y, IsIdentity) =
            (window, new float[window.Width * window.Height], new float[window.Width * window.Height], isIdentity);

    /// <summary>Whether every pixel stays where it is.</summary>
    public bool IsIdentity { get; }

    /// <summary>The part of the result.</summary>
    public Rectangle Window => _window;

    /// <summary>
    /// Follows the pixels of a part of a result back through operations that were done in the given order.
    /// </summary>
    public static SamplingGrid Compose(IReadOnlyList<Warp> warps, Rectangle window)
    {
        var grid = new SamplingGrid(window, warps.Count == 0);
        // Row by row: a row's places stay in the processor's cache from one operation to the next.
        for (var row = 0; row < window.Height; row++)
        {
            var x = grid._x.AsSpan(row * window.Width, window.Width);
            var y = grid._y.AsSpan(row * window.Width, window.Width);
            for (var column = 0; column < x.Length; column++)
                x[column] = window.Left + column;
            y.Fill(window.Top + row);
            Follow(warps, x, y);
        }
        return grid;
    }

    /// <summary>Follows any places of a result back; the last operation is asked first.</summary>
    public static void Follow(IReadOnlyList<Warp> warps, Span<float> x, Span<float> y)
    {
        for (var i = warps.Count - 1; i >= 0; i--)
            warps[i](x, y);
    }

    /// <summary>Places along a row, pixels from the left.</summary>
    /// <param name="row">A row of the result, inside the window.</param>
    public ReadOnlySpan<float> X(int row) => _x.AsSpan((row - _window.Top) * _window.Width, _window.Width);

    /// <summary>Places along a row, pixels from above.</summary>
    /// <param name="row">A row of the result, inside the window.</param>
    public ReadOnlySpan<float> Y(int row) => _y.AsSpan((row - _window.Top) * _window.Width, _window.Width);
}
