using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Layers;

/// <summary>The largest number of each window, channel by channel; beyond the border there is nothing.</summary>
internal sealed class MaxPoolLayer(int input, int channels, int kernel, int stride, int padding) : InferenceLayer(
    [input], channels)
{
    public override MapSize SizeFor(ReadOnlySpan<MapSize> inputs) =>
        new(Pooled(inputs[0].Height), Pooled(inputs[0].Width));

    public override void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        for (var y = first; y < first + count; y++)
            PoolRow(inputs[0], y, output.Row(y));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PoolRow(FeatureMap from, int y, Span<float> target)
    {
        target.Fill(float.NegativeInfinity);
        var (top, bottom) = Window(y, from.Height);
        for (var v = top; v < bottom; v++)
        {
            var source = from.Row(v);
            for (var x = 0; x < target.Length / Channels; x++)
            {
                var (left, right) = Window(x, from.Width);
                for (var u = left; u < right; u++)
                    Enlarge(target.Slice(x * Channels, Channels), source.Slice(u * Channels, Channels));
            }
        }
    }

    private int Pooled(int size) => ((size + (2 * padding) - kernel) / stride) + 1;

    private (int Start, int End) Window(int place, int size)
    {
        var start = (place * stride) - padding;
        return (Math.Max(0, start), Math.Min(size, start + kernel));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Enlarge(Span<float> target, ReadOnlySpan<float> source)
    {
        var largest = MemoryMarshal.Cast<float, Vector<float>>(target);
        var others = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < largest.Length; i++)
            largest[i] = Vector.Max(largest[i], others[i]);
        for (var i = largest.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] = Math.Max(target[i], source[i]);
    }
}

/// <summary>Twice as many rows and columns by bilinear interpolation between pixels' centres.</summary>
internal sealed class UpsampleLayer(int input, int channels) : InferenceLayer([input], channels)
{
    public override MapSize SizeFor(ReadOnlySpan<MapSize> inputs) =>
        new(2 * inputs[0].Height, 2 * inputs[0].Width);

    public override void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        var from = inputs[0];
        var blended = Scratch.OfThisThread(from.Width * Channels);
        for (var y = first; y < first + count; y++)
        {
            var (near, far) = Neighbours(y, from.Height);
            Blend(from.Row(near), from.Row(far), blended);
            Widen(blended, output.Row(y));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Widen(ReadOnlySpan<float> row, Span<float> target)
    {
        for (var x = 0; x < target.Length / Channels; x++)
        {
            var (near, far) = Neighbours(x, row.Length / Channels);
            Blend(
                row.Slice(near * Channels, Channels), row.Slice(far * Channels, Channels),
                target.Slice(x * Channels, Channels));
        }
    }

    // A new pixel's centre lies a quarter of an old pixel from the nearest old centre.
    private static (int Near, int Far) Neighbours(int place, int size)
    {
        var near = place / 2;
        var far = place % 2 == 0 ? near - 1 : near + 1;
        return (near, Math.Clamp(far, 0, size - 1));
    }

    private static void Blend(ReadOnlySpan<float> near, ReadOnlySpan<float> far, Span<float> target) =>
        Elementwise.Blend(near, far, 0.25f, target);
}

/// <summary>
/// Twice as many rows and columns by bilinear interpolation that leaves the corner pixels' centres in place, in the
/// middle of a map of another's size; what is missing is 0, and more of it at the bottom and right.
/// </summary>
internal sealed class UpsampleAlignedLayer(int input, int like, int channels) : InferenceLayer(
    [input, like], channels)
{
    public override MapSize SizeFor(ReadOnlySpan<MapSize> inputs) => inputs[1];

    public override void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        var from = inputs[0];
        var top = (output.Height - (2 * from.Height)) / 2;
        var left = (output.Width - (2 * from.Width)) / 2 * Channels;
        var blended = Scratch.OfThisThread(from.Width * Channels);
        for (var y = first; y < first + count; y++)
        {
            var target = output.Row(y);
            if (y < top || y >= top + (2 * from.Height))
            {
                target.Clear();
                continue;
            }
            var (lower, upper, share) = Neighbours(y - top, from.Height);
            Elementwise.Blend(from.Row(lower), from.Row(upper), share, blended);
            target[..left].Clear();
            target[(left + (2 * blended.Length))..].Clear();
            Widen(blended, target.Slice(left, 2 * blended.Length));
        }
    }

    private void Widen(ReadOnlySpan<float> row, Span<float> target)
    {
        for (var x = 0; x < target.Length / Channels; x++)
        {
            var (lower, upper, share) = Neighbours(x, row.Length / Channels);
            Elementwise.Blend(
                row.Slice(lower * Channels, Channels), row.Slice(upper * Channels, Channels), share,
                target.Slice(x * Channels, Channels));
        }
    }

    private static (int Lower, int Upper, float Share) Neighbours(int place, int size)
    {
        var at = place * (float)(size - 1) / ((2 * size) - 1);
        var lower = (int)at;
        return (lower, Math.Min(lower + 1, size - 1), at - lower);
    }
}
