using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rhytid.Textures;

/// <summary>
/// The arithmetic of the texture map: separable blur and formula, row by row in narrow strips, so that every intermediate
/// stays in the first-level cache. Rows do not depend on one another: any split over threads gives the same bytes.
/// </summary>
/// <remarks>
/// Sums are made in the same order with fused multiply-adds in vectors of any width, so the bytes do not depend on the
/// machine either.
/// </remarks>
internal static class TextureKernel
{
    // Columns done at a time, those that the kernel needs at the sides included: whole blocks of vectors, and the 21 rows
    // under the kernel fit into the first-level cache.
    private const int PaddedStripWidth = 256;

    // Rows of a picture whose width is a power of two share a few sets of the cache and push each other out; the copy of
    // the rows under the kernel is laid out with this much more, which spreads them.
    private const int RowGap = 16;

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
        var stripWidth = Math.Max(PaddedStripWidth - (2 * radius), PaddedStripWidth / 4);
        var stride = stripWidth + (2 * radius) + RowGap;
        var scratch = ArrayPool<float>.Shared.Rent((weights.Length + 2) * stride);
        try
        {
            for (var left = 0; left < width; left += stripWidth)
            {
                var strip = new Strip(gray, width, height, left, Math.Min(stripWidth, width - left), weights, scratch, stride);
                for (var y = firstRow; y < lastRow; y++)
                {
                    var blurred = strip.Blur(y);
                    var at = (y * width) + left;
                    Store(gray.Slice(at, blurred.Length), blurred, roundingOffset, texture.Slice(at, blurred.Length));
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    /// <summary>One row of the blurred picture, for tests.</summary>
    public static void BlurRow(ReadOnlySpan<float> gray, int width, int height, int y, ReadOnlySpan<float> weights, Span<float> blurred)
    {
        var stride = width + weights.Length;
        new Strip(gray, width, height, 0, width, weights, new float[(weights.Length + 2) * stride], stride).Blur(y).CopyTo(blurred);
    }

    /// <summary>Some columns of a picture, blurred row by row from the top; keeps the rows under the kernel close by.</summary>
    private ref struct Strip(ReadOnlySpan<float> gray, int width, int height, int left, int columns, ReadOnlySpan<float> weights, Span<float> scratch, int stride)
    {
        private readonly ReadOnlySpan<float> _gray = gray;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _ring = scratch[..(weights.Length * stride)];
        private readonly Span<float> _down = scratch.Slice(weights.Length * stride, columns + weights.Length - 1);
        private readonly Span<float> _blurred = scratch.Slice((weights.Length + 1) * stride, columns);
        private int _nextRow = -1;

        /// <summary>The blurred columns of a row; rows are asked for in growing order.</summary>
        public ReadOnlySpan<float> Blur(int y)
        {
            var radius = _weights.Length / 2;
            if (_nextRow < 0)
                _nextRow = Math.Max(0, y - radius);
            for (; _nextRow <= Math.Min(height - 1, y + radius); _nextRow++)
                CopyToRing(_nextRow, radius);

            Span<int> before = stackalloc int[radius];
            Span<int> after = stackalloc int[radius];
            var slot = y % _weights.Length;
            for (var k = 1; k <= radius; k++)
            {
                before[k - 1] = Slot(slot + Reflect101(y - k, height) - y) * stride;
                after[k - 1] = Slot(slot + Reflect101(y + k, height) - y) * stride;
            }
            Correlate(_ring, slot * stride, before, after, _weights[radius..], _down);

            for (var k = 1; k <= radius; k++)
                (before[k - 1], after[k - 1]) = (radius - k, radius + k);
            Correlate(_down, radius, before, after, _weights[radius..], _blurred);
            return _blurred;
        }

        // Divisions would cost more here than the arithmetic they serve: a slot is at most one round away.
        private readonly int Slot(int slot) => slot < 0 ? slot + _weights.Length : slot >= _weights.Length ? slot - _weights.Length : slot;

        // With what the kernel needs to both sides; beyond the picture that is its mirror image.
        private readonly void CopyToRing(int row, int radius)
        {
            var from = _gray.Slice(row * width, width);
            var to = _ring.Slice(row % _weights.Length * stride, columns + (2 * radius));
            var first = Math.Max(0, left - radius);
            var end = Math.Min(width, left + columns + radius);
            var shift = radius - left;
            from[first..end].CopyTo(to[(first + shift)..]);
            for (var x = left - radius; x < first; x++)
                to[x + shift] = from[Reflect101(x, width)];
            for (var x = end; x < left + columns + radius; x++)
                to[x + shift] = from[Reflect101(x, width)];
        }
    }

    // result[x] = w0 * source[center + x] + sum over k of wk * (source[before_k + x] + source[after_k + x]).
    // A symmetric kernel needs half the products; eight accumulators hide the latency of the multiply-adds. The smallest
    // weights come first: their sum keeps the digits that decide how a value near a whole number is truncated.
    private static void Correlate(ReadOnlySpan<float> source, int center, ReadOnlySpan<int> before, ReadOnlySpan<int> after,
        ReadOnlySpan<float> halfWeights, Span<float> result)
    {
        var step = Vector<float>.Count;
        var block = 8 * step;
        var x = 0;
        // The last block overlaps the one before it rather than leave a rest to slower code.
        for (; x < result.Length && result.Length >= block; x += block)
        {
            x = Math.Min(x, result.Length - block);
            Vector<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
            Vector<float> w;
            for (var k = before.Length - 1; k >= 0; k--)
            {
                w = new Vector<float>(halfWeights[k + 1]);
                ref var p = ref MemoryMarshal.GetReference(source.Slice(before[k] + x, block));
                ref var q = ref MemoryMarshal.GetReference(source.Slice(after[k] + x, block));
                a = Vector.FusedMultiplyAdd(Load(ref p, 0) + Load(ref q, 0), w, a);
                b = Vector.FusedMultiplyAdd(Load(ref p, step) + Load(ref q, step), w, b);
                c = Vector.FusedMultiplyAdd(Load(ref p, 2 * step) + Load(ref q, 2 * step), w, c);
                d = Vector.FusedMultiplyAdd(Load(ref p, 3 * step) + Load(ref q, 3 * step), w, d);
                e = Vector.FusedMultiplyAdd(Load(ref p, 4 * step) + Load(ref q, 4 * step), w, e);
                f = Vector.FusedMultiplyAdd(Load(ref p, 5 * step) + Load(ref q, 5 * step), w, f);
                g = Vector.FusedMultiplyAdd(Load(ref p, 6 * step) + Load(ref q, 6 * step), w, g);
                h = Vector.FusedMultiplyAdd(Load(ref p, 7 * step) + Load(ref q, 7 * step), w, h);
            }
            w = new Vector<float>(halfWeights[0]);
            ref var m = ref MemoryMarshal.GetReference(source.Slice(center + x, block));
            ref var to = ref MemoryMarshal.GetReference(result.Slice(x, block));
            Vector.FusedMultiplyAdd(Load(ref m, 0), w, a).StoreUnsafe(ref to, 0);
            Vector.FusedMultiplyAdd(Load(ref m, step), w, b).StoreUnsafe(ref to, (nuint)step);
            Vector.FusedMultiplyAdd(Load(ref m, 2 * step), w, c).StoreUnsafe(ref to, (nuint)(2 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 3 * step), w, d).StoreUnsafe(ref to, (nuint)(3 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 4 * step), w, e).StoreUnsafe(ref to, (nuint)(4 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 5 * step), w, f).StoreUnsafe(ref to, (nuint)(5 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 6 * step), w, g).StoreUnsafe(ref to, (nuint)(6 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 7 * step), w, h).StoreUnsafe(ref to, (nuint)(7 * step));
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
        var block = 4 * step;
        var x = 0;
        for (; x < texture.Length && texture.Length >= block; x += block)
        {
            x = Math.Min(x, texture.Length - block);
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
        if ((uint)index < (uint)length)
            return index;
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        index = Math.Abs(index) % period;
        return index < length ? index : period - index;
    }
}
