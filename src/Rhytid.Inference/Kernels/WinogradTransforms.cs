using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rhytid.Inference.Kernels;

/// <summary>The three linear maps of F(4x4, 3x3), interpolation points 0, 1, -1, 2, -2 and infinity.</summary>
internal static class WinogradTransforms
{
    /// <summary>Numbers per tile and channel between the transforms.</summary>
    public const int Points = 36;

    private const int Side = 6;

    // G, 6 x 3.
    private static ReadOnlySpan<double> G =>
    [
        1 / 4.0, 0, 0,
        -1 / 6.0, -1 / 6.0, -1 / 6.0,
        -1 / 6.0, 1 / 6.0, -1 / 6.0,
        1 / 24.0, 1 / 12.0, 1 / 6.0,
        1 / 24.0, -1 / 12.0, 1 / 6.0,
        0, 0, 1,
    ];

    /// <summary>Output channels that <see cref="PackWeights"/> transforms at once.</summary>
    public const int WeightBlock = 16;

    /// <summary>
    /// G g G^T for every pair of some output channels and the input channels, in the order the matrix product reads:
    /// (36, panels, in, columns of a panel).
    /// </summary>
    /// <param name="product">Says the order.</param>
    /// <param name="weight">(out, in, 3, 3), row-major.</param>
    /// <param name="packed">Room for 36 x in x out numbers.</param>
    /// <param name="inChannels">Channels read.</param>
    /// <param name="outChannels">Channels made.</param>
    /// <param name="output">The first of <see cref="WeightBlock"/> output channels.</param>
    /// <remarks>In double precision: kernels are rounded once, and training notices more.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackWeights(
        MatrixProduct product, ReadOnlySpan<float> weight, Span<float> packed, int inChannels, int outChannels,
        int output)
    {
        Span<double> kernels = stackalloc double[9 * WeightBlock];
        Span<Vector256<double>> halves = stackalloc Vector256<double>[Side * 3];
        Span<Vector256<double>> row = stackalloc Vector256<double>[Side];
        ref var kernel = ref MemoryMarshal.GetReference(kernels);
        var step = inChannels * outChannels;
        for (var c = 0; c < inChannels; c++)
        {
            for (var o = 0; o < WeightBlock; o++)
            {
                var one = weight.Slice(((output + o) * inChannels + c) * 9, 9);
                for (var k = 0; k < 9; k++)
                    kernels[k * WeightBlock + o] = one[k];
            }
            var target = packed[product.PackedIndex(c, output, inChannels, outChannels)..];
            _ = target[(Points - 1) * step + WeightBlock - 1];
            ref var place = ref MemoryMarshal.GetReference(target);
            for (var lane = 0; lane < WeightBlock; lane += Vector256<double>.Count)
            {
                for (var x = 0; x < 3; x++)
                    Widen(
                        Vector256.LoadUnsafe(ref kernel, (nuint)(x * WeightBlock + lane)),
                        Vector256.LoadUnsafe(ref kernel, (nuint)((3 + x) * WeightBlock + lane)),
                        Vector256.LoadUnsafe(ref kernel, (nuint)((6 + x) * WeightBlock + lane)),
                        halves, first: x, stride: 3);
                for (var y = 0; y < Side; y++)
                {
                    Widen(halves[y * 3], halves[y * 3 + 1], halves[y * 3 + 2], row, first: 0, stride: 1);
                    for (var x = 0; x < Side; x++)
                        Vector256.Narrow(row[x], row[x]).GetLower().StoreUnsafe(
                            ref place, (nuint)((y * Side + x) * step + lane));
                }
            }
        }
    }

    /// <summary>
    /// G^T u G for every pair of one input channel and the output channels: the adjoint of <see cref="PackWeights"/>.
    /// </summary>
    /// <param name="sums">(36, in, out), with the given distances.</param>
    /// <param name="step">From one point to the next.</param>
    /// <param name="stride">From one input channel to the next.</param>
    /// <param name="gradient">(out, in, 3, 3), row-major.</param>
    /// <param name="inChannels">Channels read.</param>
    /// <param name="outChannels">Channels made.</param>
    /// <param name="input">Which input channel.</param>
    public static void UnpackGradient(
        ReadOnlySpan<float> sums,
            int step, int stride, Span<float> gradient, int inChannels, int outChannels, int input)
    {
        var g = G;
        Span<double> half = stackalloc double[3 * Side];
        for (var o = 0; o < outChannels; o++)
        {
            half.Clear();
            for (var i = 0; i < Side; i++)
                for (var j = 0; j < Side; j++)
                {
                    var value = sums[(i * Side + j) * step + input * stride + o];
                    for (var k = 0; k < 3; k++)
                        half[k * Side + j] += g[i * 3 + k] * value;
                }
            var kernel = gradient.Slice((o * inChannels + input) * 9, 9);
            for (var k = 0; k < 3; k++)
                for (var l = 0; l < 3; l++)
                {
                    var value = 0.0;
                    for (var j = 0; j < Side; j++)
                        value += half[k * Side + j] * g[j * 3 + l];
                    kernel[k * 3 + l] = (float)value;
                }
        }
    }

    /// <summary>B^T d B of one tile's 6x6 neighbourhood, for every channel.</summary>
    /// <param name="input">(H, W, channels).</param>
    /// <param name="grid">How the image is cut.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="channels">A multiple of 16.</param>
    /// <param name="target">The tile's row of the first point.</param>
    /// <param name="step">Distance to the same row of the next point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TVector>(
        ReadOnlySpan<float> input, TileGrid grid, int tile, int channels, Span<float> target, int step)
        where TVector : unmanaged, IFloatVector<TVector>
    {
        var (row, column) = grid.Locate(tile);
        var isInside = row > 0 && column > 0 && row + 5 <= grid.Height && column + 5 <= grid.Width;
        ref var source = ref MemoryMarshal.GetReference(input);
        ref var result = ref MemoryMarshal.GetReference(target);
        // Checked once: everything below stays within these.
        _ = target[(Points - 1) * step + channels - 1];
        var origin = (((nint)row - 1) * grid.Width + column - 1) * channels;
        var rowStep = (nint)grid.Width * channels;
        Span<TVector> columns = stackalloc TVector[Points];
        ref var half = ref MemoryMarshal.GetReference(columns);
        for (var c = 0; c < channels; c += TVector.Lanes)
        {
            for (var x = 0; x < Side; x++)
            {
                TVector d0, d1, d2, d3, d4, d5;
                var start = origin + x * channels + c;
                if (isInside)
                {
                    d0 = TVector.Load(ref source, start);
                    d1 = TVector.Load(ref source, start + rowStep);
                    d2 = TVector.Load(ref source, start + 2 * rowStep);
                    d3 = TVector.Load(ref source, start + 3 * rowStep);
                    d4 = TVector.Load(ref source, start + 4 * rowStep);
                    d5 = TVector.Load(ref source, start + 5 * rowStep);
                }
                else
                {
                    // Beyond the border the image is zero.
                    var isColumn = (uint)(column - 1 + x) < (uint)grid.Width;
                    d0 = isColumn && (uint)(row - 1) < (uint)grid.Height ? TVector.Load(ref source, start) : default;
                    d1 = isColumn && (uint)row < (uint)grid.Height
                        ? TVector.Load(ref source, start + rowStep)
                        : default;
                    d2 = isColumn && (uint)(row + 1) < (uint)grid.Height
                        ? TVector.Load(ref source, start + 2 * rowStep)
                        : default;
                    d3 = isColumn && (uint)(row + 2) < (uint)grid.Height
                        ? TVector.Load(ref source, start + 3 * rowStep)
                        : default;
                    d4 = isColumn && (uint)(row + 3) < (uint)grid.Height
                        ? TVector.Load(ref source, start + 4 * rowStep)
                        : default;
                    d5 = isColumn && (uint)(row + 4) < (uint)grid.Height
                        ? TVector.Load(ref source, start + 5 * rowStep)
                        : default;
                }
                Forward(ref d0, ref d1, ref d2, ref d3, ref d4, ref d5);
                ref var line = ref Unsafe.Add(ref half, x);
                line = d0;
                Unsafe.Add(ref line, Side) = d1;
                Unsafe.Add(ref line, 2 * Side) = d2;
                Unsafe.Add(ref line, 3 * Side) = d3;
                Unsafe.Add(ref line, 4 * Side) = d4;
                Unsafe.Add(ref line, 5 * Side) = d5;
            }
            for (var y = 0; y < Side; y++)
            {
                ref var line = ref Unsafe.Add(ref half, y * Side);
                var d0 = line;
                var d1 = Unsafe.Add(ref line, 1);
                var d2 = Unsafe.Add(ref line, 2);
                var d3 = Unsafe.Add(ref line, 3);
                var d4 = Unsafe.Add(ref line, 4);
                var d5 = Unsafe.Add(ref line, 5);
                Forward(ref d0, ref d1, ref d2, ref d3, ref d4, ref d5);
                var place = (nint)y * Side * step + c;
                TVector.Store(d0, ref result, place);
                TVector.Store(d1, ref result, place + step);
                TVector.Store(d2, ref result, place + 2 * step);
                TVector.Store(d3, ref result, place + 3 * step);
                TVector.Store(d4, ref result, place + 4 * step);
                TVector.Store(d5, ref result, place + 5 * step);
            }
        }
    }

    /// <summary>
    /// A d A^T of one tile of a gradient with respect to the output: the adjoint of <see cref="Output"/>.
    /// </summary>
    /// <param name="gradient">(H, W, channels).</param>
    /// <param name="grid">How the image is cut.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="channels">A multiple of 16.</param>
    /// <param name="target">The tile's row of the first point.</param>
    /// <param name="step">Distance to the same row of the next point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient<TVector>(
        ReadOnlySpan<float> gradient, TileGrid grid, int tile, int channels, Span<float> target, int step)
        where TVector : unmanaged, IFloatVector<TVector>
    {
        var (row, column) = grid.Locate(tile);
        var rows = Math.Min(4, grid.Height - row);
        var columns = Math.Min(4, grid.Width - column);
        ref var source = ref MemoryMarshal.GetReference(gradient);
        ref var result = ref MemoryMarshal.GetReference(target);
        _ = target[(Points - 1) * step + channels - 1];
        var origin = ((nint)row * grid.Width + column) * channels;
        var rowStep = (nint)grid.Width * channels;
        Span<TVector> halves = stackalloc TVector[4 * Side];
        ref var half = ref MemoryMarshal.GetReference(halves);
        for (var c = 0; c < channels; c += TVector.Lanes)
        {
            for (var y = 0; y < 4; y++)
            {
                // Beyond the image nothing depends on the output.
                var place = origin + y * rowStep + c;
                var d0 = y < rows ? TVector.Load(ref source, place) : default;
                var d1 = y < rows && columns > 1 ? TVector.Load(ref source, place + channels) : default;
                var d2 = y < rows && columns > 2 ? TVector.Load(ref source, place + 2 * channels) : default;
                var d3 = y < rows && columns > 3 ? TVector.Load(ref source, place + 3 * channels) : default;
                ref var line = ref Unsafe.Add(ref half, y * Side);
                Spread(
                    d0, d1, d2, d3, out line, out Unsafe.Add(ref line, 1), out Unsafe.Add(ref line, 2),
                    out Unsafe.Add(ref line, 3), out Unsafe.Add(ref line, 4), out Unsafe.Add(ref line, 5));
            }
            for (var x = 0; x < Side; x++)
            {
                ref var line = ref Unsafe.Add(ref half, x);
                Spread(
                    line, Unsafe.Add(ref line, Side), Unsafe.Add(ref line, 2 * Side), Unsafe.Add(ref line, 3 * Side),
                    out var z0, out var z1, out var z2, out var z3, out var z4, out var z5);
                var place = (nint)x * step + c;
                var rowOfPoints = (nint)Side * step;
                TVector.Store(z0, ref result, place);
                TVector.Store(z1, ref result, place + rowOfPoints);
                TVector.Store(z2, ref result, place + 2 * rowOfPoints);
                TVector.Store(z3, ref result, place + 3 * rowOfPoints);
                TVector.Store(z4, ref result, place + 4 * rowOfPoints);
                TVector.Store(z5, ref result, place + 5 * rowOfPoints);
            }
        }
    }

    /// <summary>
    /// A^T m A of one tile, with bias and, where wanted, ReLU, written to the image as far as the tile lies in it.
    /// </summary>
    /// <param name="products">The tile's row of the first point.</param>
    /// <param name="step">Distance to the same row of the next point.</param>
    /// <param name="bias">Per channel.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="grid">How the image is cut.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="channels">A multiple of 16.</param>
    /// <param name="output">(H, W, channels).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TVector>(
        ReadOnlySpan<float> products, int step, ReadOnlySpan<float> bias, bool relu, TileGrid grid, int tile,
        int channels, Span<float> output)
        where TVector : unmanaged, IFloatVector<TVector>
    {
        var (row, column) = grid.Locate(tile);
        var rows = Math.Min(4, grid.Height - row);
        var columns = Math.Min(4, grid.Width - column);
        ref var source = ref MemoryMarshal.GetReference(products);
        ref var result = ref MemoryMarshal.GetReference(output);
        _ = products[(Points - 1) * step + channels - 1];
        var origin = ((nint)row * grid.Width + column) * channels;
        var rowStep = (nint)grid.Width * channels;
        Span<TVector> halves = stackalloc TVector[4 * Side];
        ref var half = ref MemoryMarshal.GetReference(halves);
        var floor = TVector.Create(relu ? 0 : float.NegativeInfinity);
        for (var c = 0; c < channels; c += TVector.Lanes)
        {
            for (var x = 0; x < Side; x++)
            {
                var place = (nint)x * step + c;
                var rowOfPoints = (nint)Side * step;
                Back(
                    TVector.Load(ref source, place),
                        TVector.Load(ref source, place + rowOfPoints),
                        TVector.Load(ref source, place + 2 * rowOfPoints),
                        TVector.Load(ref source, place + 3 * rowOfPoints),
                            TVector.Load(ref source, place + 4 * rowOfPoints),
                            TVector.Load(ref source, place + 5 * rowOfPoints),
                            out var y0, out var y1, out var y2, out var y3);
                ref var line = ref Unsafe.Add(ref half, x);
                line = y0;
                Unsafe.Add(ref line, Side) = y1;
                Unsafe.Add(ref line, 2 * Side) = y2;
                Unsafe.Add(ref line, 3 * Side) = y3;
            }
            var offset = TVector.Load(ref MemoryMarshal.GetReference(bias), c);
            for (var y = 0; y < rows; y++)
            {
                ref var line = ref Unsafe.Add(ref half, y * Side);
                Back(
                    line, Unsafe.Add(
                        ref line,
                        1), Unsafe.Add(
                            ref line, 2), Unsafe.Add(ref line, 3), Unsafe.Add(ref line, 4), Unsafe.Add(ref line, 5),
                    out var x0, out var x1, out var x2, out var x3);
                var place = origin + y * rowStep + c;
                TVector.Store(TVector.Max(x0 + offset, floor), ref result, place);
                if (columns > 1)
                    TVector.Store(TVector.Max(x1 + offset, floor), ref result, place + channels);
                if (columns > 2)
                    TVector.Store(TVector.Max(x2 + offset, floor), ref result, place + 2 * channels);
                if (columns > 3)
                    TVector.Store(TVector.Max(x3 + offset, floor), ref result, place + 3 * channels);
            }
        }
    }

    // B^T on six vectors, in place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward<TVector>(
        ref TVector d0, ref TVector d1, ref TVector d2,
        ref TVector d3, ref TVector d4, ref TVector d5)
        where TVector : unmanaged, IFloatVector<TVector>
    {
        var two = TVector.Create(2f);
        var four = TVector.Create(4f);
        var five = TVector.Create(5f);
        var t0 = TVector.MultiplyAdd(four, d0, d4) - five * d2;
        var t5 = TVector.MultiplyAdd(four, d1, d5) - five * d3;
        var even = d4 - four * d2;
        var odd = d3 - four * d1;
        var even2 = d4 - d2;
        var odd2 = two * (d3 - d1);
        d0 = t0;
        d1 = even + odd;
        d2 = even - odd;
        d3 = even2 + odd2;
        d4 = even2 - odd2;
        d5 = t5;
    }

    // A^T on six vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Back<TVector>(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5,
        out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TVector : unmanaged, IFloatVector<TVector>
    {
        var sum12 = m1 + m2;
        var difference12 = m1 - m2;
        var sum34 = m3 + m4;
        var difference34 = m3 - m4;
        y0 = m0 + sum12 + sum34;
        y1 = TVector.MultiplyAdd(TVector.Create(2f), difference34, difference12);
        y2 = TVector.MultiplyAdd(TVector.Create(4f), sum34, sum12);
        y3 = TVector.MultiplyAdd(TVector.Create(8f), difference34, difference12) + m5;
    }

    // G on three vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(
        Vector256<double> g0, Vector256<double> g1, Vector256<double> g2, Span<Vector256<double>> target, int first,
        int stride)
    {
        var even = (g0 + g2) * (-1 / 6.0);
        var odd = g1 * (-1 / 6.0);
        var even2 = g0 * (1 / 24.0) + g2 * (1 / 6.0);
        var odd2 = g1 * (1 / 12.0);
        target[first] = g0 * (1 / 4.0);
        target[first + stride] = even + odd;
        target[first + 2 * stride] = even - odd;
        target[first + 3 * stride] = even2 + odd2;
        target[first + 4 * stride] = even2 - odd2;
        target[first + 5 * stride] = g2;
    }

    // A on four vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<TVector>(
        TVector d0, TVector d1, TVector d2, TVector d3,
        out TVector z0, out TVector z1, out TVector z2, out TVector z3, out TVector z4, out TVector z5)
        where TVector : unmanaged, IFloatVector<TVector>
    {
        var two = TVector.Create(2f);
        var four = TVector.Create(4f);
        var even = d0 + d2;
        var odd = d1 + d3;
        var even2 = TVector.MultiplyAdd(four, d2, d0);
        var odd2 = two * TVector.MultiplyAdd(four, d3, d1);
        z0 = d0;
        z1 = even + odd;
        z2 = even - odd;
        z3 = even2 + odd2;
        z4 = even2 - odd2;
        z5 = d3;
    }
}
