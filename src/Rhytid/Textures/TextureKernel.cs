using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rhytid.Textures;

/// <summary>
/// The arithmetic of the texture map: separable blur and formula, row by row in narrow strips, so that every
/// intermediate stays in the first-level cache. Rows do not depend on one another: any split over threads gives the
/// same bytes.
/// </summary>
/// <remarks>
/// Sums are made in the same order with fused multiply-adds in vectors of any width, so the bytes do not depend on the
/// machine either. Rows are padded to whole blocks of vectors: no loop has a rest to do.
/// </remarks>
internal static class TextureKernel
{
    // Columns done at a time, those that the kernel needs at the sides included: the 21 rows under the kernel fit into
    // the first-level cache.
    private const int PaddedStripWidth = 384;

    private const int CacheLineFloats = 16;

    private static readonly int Block = 8 * Vector<float>.Count;

    /// <summary>
    /// Rows <paramref name="firstRow"/> to <paramref name="lastRow"/> (exclusive) of the texture map of a grey picture.
    /// </summary>
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
        var widest = Math.Max(PaddedStripWidth - (weights.Length - 1), PaddedStripWidth / 4);
        var strips = ((width - 1) / widest) + 1;
        var stripWidth = ((width - 1) / strips) + 1;
        using var scratch = new Scratch(stripWidth, weights.Length);
        for (var left = 0; left < width; left += stripWidth)
        {
            var strip = new Strip(gray, width, height, left, Math.Min(stripWidth, width - left), weights, scratch);
            for (var y = firstRow; y < lastRow; y++)
                strip.Texture(y, roundingOffset).CopyTo(texture[((y * width) + left)..]);
        }
    }

    /// <summary>One row of the blurred picture, for tests.</summary>
    public static void BlurRow(
        ReadOnlySpan<float> gray, int width, int height, int y, ReadOnlySpan<float> weights, Span<float> blurred)
    {
        using var scratch = new Scratch(width, weights.Length);
        new Strip(gray, width, height, 0, width, weights, scratch).Blur(y).CopyTo(blurred);
    }

    // What a pair of weights is multiplied with: the places of its two samples, for vectors 0, 2, 4... and 1, 3, 5...
    // of a block.
    private readonly record struct Tap(float Weight, int Before, int After, int OddBefore, int OddAfter);

    /// <summary>The rows of a strip at work, borrowed.</summary>
    private readonly ref struct Scratch : IDisposable
    {
        private readonly float[] _floats;
        private readonly Tap[] _taps;

        public Scratch(int columns, int kernelSize)
        {
            // One cache line more than whole blocks: rows whose distance is a power of two push each other out of the
            // cache.
            Stride = RoundUp(columns + kernelSize - 1, Block) + CacheLineFloats;
            Copy = Stride + (CacheLineFloats / 2);
            var ring = (kernelSize * Stride) + Block;
            var down = Copy + Stride + Block;
            _floats = ArrayPool<float>.Shared.Rent(ring + down + (2 * Stride) + CacheLineFloats);
            _taps = ArrayPool<Tap>.Shared.Rent(kernelSize);

            // A vector that spans two cache lines costs twice: rows begin at a line. Should the collector move the
            // array, only speed is lost.
            var address = Unsafe.ByteOffset(in Unsafe.NullRef<float>(), in MemoryMarshal.GetArrayDataReference(_floats))
                / sizeof(float);
            var floats = _floats.AsSpan((int)(-address & (CacheLineFloats - 1)), ring + down + (2 * Stride));
            floats.Clear();
            Ring = floats[..ring];
            Down = floats.Slice(ring, down);
            Blurred = floats.Slice(ring + down, Stride);
            Bytes = MemoryMarshal.AsBytes(floats[(ring + down + Stride)..]);
            DownTaps = _taps.AsSpan(0, kernelSize / 2);
            AcrossTaps = _taps.AsSpan(kernelSize / 2, kernelSize / 2);
        }

        public int Stride { get; }

        /// <summary>The rows under the kernel, with what it needs to the sides.</summary>
        public Span<float> Ring { get; }

        /// <summary>
        /// A row blurred from top to bottom; again from <see cref="Copy"/>, half a cache line further.
        /// </summary>
        public Span<float> Down { get; }

        public int Copy { get; }

        public Span<float> Blurred { get; }

        public Span<byte> Bytes { get; }

        public Span<Tap> DownTaps { get; }

        public Span<Tap> AcrossTaps { get; }

        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(_floats);
            ArrayPool<Tap>.Shared.Return(_taps);
        }
    }

    /// <summary>
    /// Some columns of a picture, blurred row by row from the top; keeps the rows under the kernel close by.
    /// </summary>
    private ref struct Strip
    {
        private readonly ReadOnlySpan<float> _gray;
        private readonly int _width;
        private readonly int _height;
        private readonly int _left;
        private readonly int _columns;
        private readonly ReadOnlySpan<float> _weights;
        private readonly int _radius;
        private readonly Scratch _scratch;
        private int? _nextRow;

        public Strip(
            ReadOnlySpan<float> gray, int width, int height, int left, int columns, ReadOnlySpan<float> weights,
            Scratch scratch)
        {
            (_width, _height, _left, _columns, _radius) = (width, height, left, columns, weights.Length / 2);
            _gray = gray;
            _weights = weights;
            _scratch = scratch;
            for (var k = 1; k <= _radius; k++)
            {
                var (before, after) = (_radius - k, _radius + k);
                scratch.AcrossTaps[^k] = new(
                    weights[after], InOneLine(before, 0), InOneLine(after, 0), InOneLine(before, 8),
                    InOneLine(after, 8));
            }
        }

        public ReadOnlySpan<byte> Texture(int y, float roundingOffset)
        {
            Blur(y);
            Store(
                _scratch.Ring[(Slot((y % _weights.Length) + _radius) + _radius)..], _scratch.Blurred, roundingOffset,
                _scratch.Bytes, _columns);
            return _scratch.Bytes[.._columns];
        }

        /// <summary>The blurred columns of a row; rows are asked for in growing order.</summary>
        public ReadOnlySpan<float> Blur(int y)
        {
            var row = _nextRow ?? y - _radius;
            for (; row <= y + _radius; row++)
                CopyToRing(row);
            _nextRow = row;

            var center = (y % _weights.Length) + _radius;
            for (var k = 1; k <= _radius; k++)
            {
                var (before, after) = (Slot(center - k), Slot(center + k));
                _scratch.DownTaps[^k] = new(_weights[_radius + k], before, after, before, after);
            }
            var down = _scratch.Down[..(_columns + (2 * _radius))];
            Correlate(_scratch.Ring, Slot(center), _weights[_radius], _scratch.DownTaps, _scratch.Down, down.Length);
            down.CopyTo(_scratch.Down[_scratch.Copy..]);
            Correlate(_scratch.Down, _radius, _weights[_radius], _scratch.AcrossTaps, _scratch.Blurred, _columns);
            return _scratch.Blurred[.._columns];
        }

        // Where a row of the ring begins, at most one round on. A division would cost more here than the arithmetic it
        // serves.
        private readonly int Slot(int index) =>
            (index >= _weights.Length ? index - _weights.Length : index) * _scratch.Stride;

        // The pass across loads vectors at every offset, half of which would span two cache lines. The row blurred down
        // is therefore kept twice, half a line apart: this chooses the one in which a vector of 8 floats, beginning
        // `further` floats after `place`, lies within one line.
        private readonly int InOneLine(int place, int further) =>
            (place + further) % CacheLineFloats <= CacheLineFloats / 2 ? place : place + _scratch.Copy;

        // With what the kernel needs to both sides; beyond the picture that is its mirror image.
        private readonly void CopyToRing(int row)
        {
            var from = _gray.Slice(Reflect101(row, _height) * _width, _width);
            var to = _scratch.Ring.Slice(Slot((row + _radius) % _weights.Length), _columns + (2 * _radius));
            var first = Math.Max(0, _left - _radius);
            var end = Math.Min(_width, _left + _columns + _radius);
            var shift = _radius - _left;
            from[first..end].CopyTo(to[(first + shift)..]);
            for (var x = _left - _radius; x < first; x++)
                to[x + shift] = from[Reflect101(x, _width)];
            for (var x = end; x < _left + _columns + _radius; x++)
                to[x + shift] = from[Reflect101(x, _width)];
        }
    }

    // result[x] = w0 * source[center + x] + sum over taps of w * (source[before + x] + source[after + x]), in whole
    // blocks. A symmetric kernel needs half the products; eight accumulators hide the latency of the multiply-adds. The
    // smallest weights come first: their sum keeps the digits that decide how a value near a whole number is truncated.
    private static void Correlate(
        ReadOnlySpan<float> source, int center, float centerWeight, ReadOnlySpan<Tap> taps, Span<float> result,
        int columns)
    {
        columns = RoundUp(columns, Block);
        // Checked once for all blocks: these slices are what the references below stay within.
        foreach (ref readonly var tap in taps)
            _ = source[Math.Max(Math.Max(tap.Before, tap.After), Math.Max(tap.OddBefore, tap.OddAfter))..][..columns];
        ref var centers = ref MemoryMarshal.GetReference(source.Slice(center, columns));
        ref var results = ref MemoryMarshal.GetReference(result[..columns]);

        var step = Vector<float>.Count;
        for (var x = 0; x < columns; x += 8 * step)
        {
            ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), x);
            Vector<float> a = default,
                b = default,
                c = default,
                d = default,
                e = default,
                f = default,
                g = default,
                h = default;
            Vector<float> w;
            foreach (ref readonly var tap in taps)
            {
                w = new Vector<float>(tap.Weight);
                ref var p = ref Unsafe.Add(ref from, tap.Before);
                ref var q = ref Unsafe.Add(ref from, tap.After);
                a = Vector.FusedMultiplyAdd(Load(ref p, 0) + Load(ref q, 0), w, a);
                c = Vector.FusedMultiplyAdd(Load(ref p, 2 * step) + Load(ref q, 2 * step), w, c);
                e = Vector.FusedMultiplyAdd(Load(ref p, 4 * step) + Load(ref q, 4 * step), w, e);
                g = Vector.FusedMultiplyAdd(Load(ref p, 6 * step) + Load(ref q, 6 * step), w, g);
                p = ref Unsafe.Add(ref from, tap.OddBefore);
                q = ref Unsafe.Add(ref from, tap.OddAfter);
                b = Vector.FusedMultiplyAdd(Load(ref p, step) + Load(ref q, step), w, b);
                d = Vector.FusedMultiplyAdd(Load(ref p, 3 * step) + Load(ref q, 3 * step), w, d);
                f = Vector.FusedMultiplyAdd(Load(ref p, 5 * step) + Load(ref q, 5 * step), w, f);
                h = Vector.FusedMultiplyAdd(Load(ref p, 7 * step) + Load(ref q, 7 * step), w, h);
            }
            w = new Vector<float>(centerWeight);
            ref var m = ref Unsafe.Add(ref centers, x);
            ref var to = ref Unsafe.Add(ref results, x);
            Vector.FusedMultiplyAdd(Load(ref m, 0), w, a).StoreUnsafe(ref to, 0);
            Vector.FusedMultiplyAdd(Load(ref m, step), w, b).StoreUnsafe(ref to, (nuint)step);
            Vector.FusedMultiplyAdd(Load(ref m, 2 * step), w, c).StoreUnsafe(ref to, (nuint)(2 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 3 * step), w, d).StoreUnsafe(ref to, (nuint)(3 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 4 * step), w, e).StoreUnsafe(ref to, (nuint)(4 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 5 * step), w, f).StoreUnsafe(ref to, (nuint)(5 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 6 * step), w, g).StoreUnsafe(ref to, (nuint)(6 * step));
            Vector.FusedMultiplyAdd(Load(ref m, 7 * step), w, h).StoreUnsafe(ref to, (nuint)(7 * step));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float from, int index) => Vector.LoadUnsafe(ref from, (nuint)index);

    // T = (1 - I / (1 + G)) * 255, limited to 0..255; of whole blocks, as all rows are padded.
    private static void Store(
        ReadOnlySpan<float> gray, ReadOnlySpan<float> blurred, float roundingOffset, Span<byte> texture, int columns)
    {
        var step = Vector<float>.Count;
        var block = 4 * step;
        columns = RoundUp(columns, block);
        ref var i = ref MemoryMarshal.GetReference(gray[..columns]);
        ref var g = ref MemoryMarshal.GetReference(blurred[..columns]);
        ref var to = ref MemoryMarshal.GetReference(texture[..columns]);
        var offset = new Vector<float>(roundingOffset);
        for (var x = 0; x < columns; x += block)
        {
            var a = Texture(Load(ref i, x), Load(ref g, x), offset);
            var b = Texture(Load(ref i, x + step), Load(ref g, x + step), offset);
            var c = Texture(Load(ref i, x + (2 * step)), Load(ref g, x + (2 * step)), offset);
            var d = Texture(Load(ref i, x + (3 * step)), Load(ref g, x + (3 * step)), offset);
            var low = Vector.Narrow(a, b);
            var high = Vector.Narrow(c, d);
            Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()).StoreUnsafe(ref to, (nuint)x);
        }
    }

    // The native limits are one instruction each; a value that is not a number becomes 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Texture(Vector<float> gray, Vector<float> blurred, Vector<float> offset)
    {
        var ratio = gray / (Vector<float>.One + blurred);
        var value = Vector.FusedMultiplyAdd(ratio, new Vector<float>(-255), new Vector<float>(255)) + offset;
        return Vector.ConvertToInt32Native(
            Vector.MinNative(Vector.MaxNative(value, Vector<float>.Zero), new Vector<float>(255)));
    }

    private static int RoundUp(int length, int block) => (length + block - 1) / block * block;

    // ... c b | a b c ... : the edge pixel is not repeated; a single pixel mirrors onto itself.
    private static int Reflect101(int index, int length)
    {
        while ((uint)index >= (uint)length && length > 1)
            index = index < 0 ? -index : (2 * (length - 1)) - index;
        return length > 1 ? index : 0;
    }
}
