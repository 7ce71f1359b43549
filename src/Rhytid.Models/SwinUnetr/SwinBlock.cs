using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Attention within windows, then two linear layers on every token, each beside a shortcut.</summary>
/// <remarks>Keys: <c>norm1, attn, norm2, mlp.{linear1,linear2}</c>.</remarks>
internal sealed class SwinBlock(ParameterPath path, int features, int heads, int window, int shift, ShiftMasks masks)
    : Layer(path)
{
    private readonly LayerNorm _norm1 = new(path / "norm1", features);
    private readonly WindowAttention _attention = new(path / "attn", features, heads, window);
    private readonly LayerNorm _norm2 = new(path / "norm2", features);
    private readonly SwinMlp _mlp = new(path / "mlp", features);

    /// <param name="input">(N, H, W, C).</param>
    /// <returns>(N, H, W, C).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var attended = input + Attend(_norm1.Forward(input));
        return attended + _mlp.Forward(_norm2.Forward(attended));
    }

    private Tensor Attend(Tensor input)
    {
        using var scope = TensorScope.Begin();
        var (n, h, w) = (input.Size(0), input.Size(1), input.Size(2));
        // A side that is no longer than a window is one window, and shifting it would change nothing.
        var (side, shifts) =
            (new Size2(Math.Min(h, window), Math.Min(w, window)),
                new Size2(h <= window ? 0 : shift, w <= window ? 0 : shift));
        // (N, H', W', C)
        var padded = input.Pad([0, 0, 0, Missing(w, side.Width), 0, Missing(h, side.Height)]);
        var size = new Size2(padded.Size(1), padded.Size(2));
        var isShifted = shifts != default(Size2);
        if (isShifted)
            padded = padded.Roll([-shifts.Height, -shifts.Width], [1, 2]);
        // (windows, 1, T, T)
        var mask = isShifted ? masks.Get(size, side, shifts, input) : null;
        // (N, windows, T, C)
        var tokens = _attention.Forward(padded.ToWindows(side), mask);
        // (N, H', W', C)
        var merged = tokens.FromWindows(size, side);
        if (isShifted)
            merged = merged.Roll([shifts.Height, shifts.Width], [1, 2]);
        return scope.MoveOut(merged.Narrow(1, 0, h).Narrow(2, 0, w));                                   // (N, H, W, C)
    }

    private static long Missing(long size, long side) => (side - size % side) % side;
}

/// <summary>Two linear layers on every token, four times as wide between.</summary>
internal sealed class SwinMlp(ParameterPath path, int features) : Layer(path)
{
    private readonly Linear _widen = new(path / "linear1", features, 4 * features);
    private readonly Linear _narrow = new(path / "linear2", 4 * features, features);

    /// <param name="input">(..., C).</param>
    /// <returns>(..., C).</returns>
    protected override Tensor Compute(Tensor input) => _narrow.Forward(Activate(input));

    private Tensor Activate(Tensor input)
    {
        using var scope = TensorScope.Begin();
        return scope.MoveOut(_widen.Forward(input).Gelu());
    }
}
