using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Maps cut into windows and put together again.</summary>
internal static class Windows
{
    /// <param name="map">(N, H, W, C), H and W multiples of the window's.</param>
    /// <param name="side">Height and width of a window.</param>
    /// <returns>(N, windows, tokens of a window, C), both row by row.</returns>
    public static Tensor ToWindows(this Tensor map, Size2 side)
    {
        var (n, h, w, c) = (map.Size(0), map.Size(1), map.Size(2), map.Size(3));
        return map.Reshape(n, h / side.Height, side.Height, w / side.Width, side.Width, c)
            .Permute(0, 1, 3, 2, 4, 5)                                          // (N, rows, columns, y, x, C)
            .Reshape(n, h / side.Height * (w / side.Width), side.Height * side.Width, c);
    }

    /// <param name="windows">(N, windows, tokens of a window, C).</param>
    /// <param name="size">Height and width of the map.</param>
    /// <param name="side">Height and width of a window.</param>
    /// <returns>(N, H, W, C).</returns>
    public static Tensor FromWindows(this Tensor windows, Size2 size, Size2 side)
    {
        var (n, c) = (windows.Size(0), windows.Size(3));
        return windows.Reshape(n, size.Height / side.Height, size.Width / side.Width, side.Height, side.Width, c)
            .Permute(0, 1, 3, 2, 4, 5)                                          // (N, rows, y, columns, x, C)
            .Reshape(n, size.Height, size.Width, c);
    }
}

/// <summary>
/// Which tokens of a window must not see each other, because they met only by the circular shift. Keeps the last mask.
/// </summary>
/// <remarks>The blocks of one stage share it: they all see maps of one size.</remarks>
internal sealed class ShiftMasks
{
    private const double Forbidden = -100;
    private readonly Lock _lock = new();
    private (Size2 Size, Size2 Side, Size2 Shift, DType Type, Device Device) _key;
    private Tensor? _mask;

    /// <param name="size">Height and width of the padded map.</param>
    /// <param name="side">Height and width of a window.</param>
    /// <param name="shift">How far the map was moved up and left.</param>
    /// <param name="like">The mask gets this tensor's type and device.</param>
    /// <returns>(windows, 1, tokens, tokens): 0 where both tokens are of one region, -100 elsewhere.</returns>
    public Tensor Get(Size2 size, Size2 side, Size2 shift, Tensor like)
    {
        var key = (size, side, shift, like.DType, like.Device);
        lock (_lock)
        {
            // A mask that is replaced here may be in use on another thread, so it is left to its finaliser.
            if (_mask is null || _key != key)
                (_key, _mask) = (key, Create(size, side, shift, like));
            return _mask;
        }
    }

    private static Tensor Create(Size2 size, Size2 side, Size2 shift, Tensor like)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        var rows = Regions(size.Height, side.Height, shift.Height).Reshape(1, -1, 1, 1);
        var columns = Regions(size.Width, side.Width, shift.Width).Reshape(1, 1, -1, 1);
        var region = (rows * 3 + columns).ToWindows(side)[0];                            // (windows, tokens, 1)
        var mixed = region.NotEqualTo(region.Transpose(1, 2)).Unsqueeze(1);              // (windows, 1, tokens, tokens)
        return (mixed.To(like.DType) * Forbidden).To(like.Device).Keep();
    }

    // Along one axis: 0 up to the last window, 1 in its part that was shifted into place, 2 in the part that came
    // around.
    private static Tensor Regions(long length, long side, long shift)
    {
        var regions = new float[length];
        if (shift > 0)
        {
            for (var i = length - side; i < length; i++)
                regions[i] = i < length - shift ? 1 : 2;
        }
        return Tensor.From(regions, length);
    }
}
