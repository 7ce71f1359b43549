using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rhytid.Textures;

/// <summary>
/// The arithmetic of the texture map: separable blur and formula, one row at a time, so that every intermediate stays in
/// the first-level cache. Rows do not depend on one another: any split over threads gives the same bytes.
/// </summary>
/// <remarks>
/// Sums are made in the same order with fused multiply-adds in vectors of any width, so the bytes do not depend on the
/// machine either.
/// </remarks>
internal static class TextureKernel
{
    /// <summary>Rows <paramref name="firstRow"/> to <paramref name="lastRow"/> (exclusive) of the texture map of a grey picture.</summary>
    /// <param name="gray">Grey levels 0..255, <c>width * height</c>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="firstRow">First row to make.</param>
    /// <param name="lastRow">One past the last row to make.</param>
    /// <param name="weights">The odd, symmetric kernel.</param>
    /// <param name="roundingOffset">0 to truncate, 0.5 to round to nearest.</param>
    /// <param name="texture">Receives the bytes, <c>width * height</c>.</param>
    public static void Rows(ReadOnlySpan<float> gray, int width, int height, int firstRow, int lastRow,
        ReadOnlySpan<float> weights, float roundingOffset, Span<byte> texture)
    {
        var radius = weights.Length / 2;
        var buffer = ArrayPool<float>.Shared.Rent((2 * width) + (2 * radius));
        try
        {
            var padded = buffer.AsSpan(0, width + (2 * radius));
            var blurred = buffer.AsSpan(padded.Length, width);
            for (var y = firstRow; y < lastRow; y++)
            {
                BlurRow(gray, width, height, y, weights, padded, blurred);
                Store(gray.Slice(y * width, width), blurred, roundingOffset, texture.Slice(y * width, width));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>One row of the blurred picture.</summary>
    /// <param name="gray">Grey levels, <c>width * height</c>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="y">Which row.</param>
    /// <param name="weights">The odd, symmetric kernel.</param>
    /// <param name="padded">Scratch memory, <c>width + weights.Length - 1</c>.</param>
    /// <param name="blurred">Receives <c>width</c> values.</param>
    public static void BlurRow(ReadOnlySpan<float> gray, int width, int height, int y,
        ReadOnlySpan<float> weights, Span<float> padded, Span<float> blurred)
    {
        var radius = weights.Length / 2;
        Span<int> above = stackalloc int[radius];
        Span<int> below = stackalloc int[radius];
        for (var k = 1; k <= radius; k++)
        {
            above[k - 1] = Reflect101(y - k, height) * width;
            below[k - 1] = Reflect101(y + k, height) * width;
        }
        Correlate(gray, y * width, above, below, weights[radius..], padded.Slice(radius, width));

        for (var k = 1; k <= radius; k++)
        {
            padded[radius - k] = padded[radius + Reflect101(-k, width)];
            padded[radius + width - 1 + k] = padded[radius + Reflect101(width - 1 + k, width)];
            (above[k - 1], below[k - 1]) = (radius - k, radius + k);
        }
        Correlate(padded, radius, above, below, weights[radius..], blurred);
    }

    // result[x] = w0 * source[center + x] + sum over k of wk * (source[before_k + x] + source[after_k + x]).
    // A symmetric kernel needs half the products; four accumulators hide the latency of the multiply-adds. The smallest
    // weights come first: their sum keeps the digits that decide how a value near a whole number is truncated.
    private static void Correlate(ReadOnlySpan<float> source, int center, ReadOnlySpan<int> before, ReadOnlySpan<int> after,
        ReadOnlySpan<float> halfWeights, Span<float> result)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(result);
        var step = Vector<float>.Count;
        var x = 0;
        for (; x <= result.Length - (4 * step); x += 4 * step)
        {
            var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            Vector<float> w;
            for (var k = before.Length - 1; k >= 0; k--)
            {
                w = new Vector<float>(halfWeights[k + 1]);
                ref var p = ref Unsafe.Add(ref from, before[k] + x);
                ref var q = ref Unsafe.Add(ref from, after[k] + x);
                a = Vector.FusedMultiplyAdd(Load(ref p, 0) + Load(ref q, 0), w, a);
                b = Vector.FusedMultiplyAdd(Load(ref p, step) + Load(ref q, step), w, b);
                c = Vector.FusedMultiplyAdd(Load(ref p, 2 * step) + Load(ref q, 2 * step), w, c);
                d = Vector.FusedMultiplyAdd(Load(ref p, 3 * step) + Load(ref q, 3 * step), w, d);
            }
            w = new Vector<float>(halfWeights[0]);
            ref var m = ref Unsafe.Add(ref from, center + x);
            a = Vector.FusedMultiplyAdd(Load(ref m, 0), w, a);
            b = Vector.FusedMultiplyAdd(Load(ref m, step), w, b);
            c = Vector.FusedMultiplyAdd(Load(ref m, 2 * step), w, c);
            d = Vector.FusedMultiplyAdd(Load(ref m, 3 * step), w, d);
            a.StoreUnsafe(ref to, (nuint)x);
            b.StoreUnsafe(ref to, (nuint)(x + step));
            c.StoreUnsafe(ref to, (nuint)(x + (2 * step)));
            d.StoreUnsafe(ref to, (nuint)(x + (3 * step)));
        }
        for (; x < result.Length; x++)
        {
            var sum = 0f;
            for (var k = before.Length - 1; k >= 0; k--)
                sum = MathF.FusedMultiplyAdd(source[before[k] + x] + source[after[k] + x], halfWeights[k + 1], sum);
            result[x] = MathF.FusedMultiplyAdd(source[center + x], halfWeights[0], sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float from, int index) => Vector.LoadUnsafe(ref from, (nuint)index);

    // T = (1 - I / (1 + G)) * 255, limited to 0..255.
    private static void Store(ReadOnlySpan<float> gray, ReadOnlySpan<float> blurred, float roundingOffset, Span<byte> texture)
    {
        ref var i = ref MemoryMarshal.GetReference(gray);
        ref var g = ref MemoryMarshal.GetReference(blurred);
        ref var to = ref MemoryMarshal.GetReference(texture);
        var offset = new Vector<float>(roundingOffset);
        var step = Vector<float>.Count;
        var x = 0;
        for (; x <= texture.Length - (4 * step); x += 4 * step)
        {
            var a = Texture(Load(ref i, x), Load(ref g, x), offset);
            var b = Texture(Load(ref i, x + step), Load(ref g, x + step), offset);
            var c = Texture(Load(ref i, x + (2 * step)), Load(ref g, x + (2 * step)), offset);
            var d = Texture(Load(ref i, x + (3 * step)), Load(ref g, x + (3 * step)), offset);
            var low = Vector.Narrow(a, b);
            var high = Vector.Narrow(c, d);
            Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()).StoreUnsafe(ref to, (nuint)x);
        }
        for (; x < texture.Length; x++)
        {
            var value = MathF.FusedMultiplyAdd(gray[x] / (1 + blurred[x]), -255, 255);
            texture[x] = (byte)(int)Math.Clamp(value + roundingOffset, 0, 255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Texture(Vector<float> gray, Vector<float> blurred, Vector<float> offset)
    {
        var ratio = gray / (Vector<float>.One + blurred);
        var value = Vector.FusedMultiplyAdd(ratio, new Vector<float>(-255), new Vector<float>(255)) + offset;
        return Vector.ConvertToInt32Native(Vector.Min(Vector.Max(value, Vector<float>.Zero), new Vector<float>(255)));
    }

    // ... c b | a b c ... : the edge pixel is not repeated; a single pixel mirrors onto itself.
    private static int Reflect101(int index, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        index = Math.Abs(index) % period;
        return index < length ? index : period - index;
    }
}
