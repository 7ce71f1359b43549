using System.Runtime.CompilerServices;
using Rhytid.Inference.Kernels;
using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Convolutions;

/// <summary>
/// Convolution of any kernel, stride and padding as matrix products, one row of pixels at a time.
/// </summary>
/// <remarks>
/// In a row of channels-last pixels each window's numbers of one kernel row lie side by side, so the row itself is the
/// left matrix: nothing but the border is copied. Where a window's row is short, whole windows are laid out side by
/// side, so that the sums stay long.
/// </remarks>
internal sealed unsafe class RowConvolution : IDisposable
{
    // As much of a panel as stays in the first-level cache (32 KB) while all pixels of a row pass by.
    private const int DepthAtOnce = 256;
    private const int ShortRow = 48;
    private const int Group = 16;

    private readonly ConvolutionShape _shape;
    private readonly VectorKernels _kernels;
    private readonly NativeBuffer _weights;
    private readonly float[] _bias;
    private readonly Activation _activation;
    private readonly int _columns;

    /// <summary>Packs a kernel.</summary>
    /// <param name="shape">Channels, kernel size, stride, padding.</param>
    /// <param name="weight">(out, in, kernel, kernel).</param>
    /// <param name="bias">(out).</param>
    /// <param name="activation">Applied to the sums.</param>
    /// <param name="kernels">Unless given, those of this processor.</param>
    public RowConvolution(
        ConvolutionShape shape, ReadOnlySpan<float> weight, float[] bias, Activation activation,
        VectorKernels? kernels = null)
    {
        (_shape, _bias, _activation) = (shape, bias, activation);
        _kernels = kernels ?? VectorKernels.OfThisProcessor;
        _columns = (shape.OutChannels + Group - 1) / Group * Group;
        _weights = new NativeBuffer((long)Depth * _columns);
        Pack(weight);
    }

    private int Depth => _shape.Kernel * RowDepth;

    private int RowDepth => _shape.Kernel * _shape.InChannels;

    private bool LaysOutWindows => RowDepth <= ShortRow && _shape.Kernel > 1;

    /// <summary>Computes rows of the output from maps joined along their channels.</summary>
    public void RunRows(FeatureMap[] maps, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        var pixels = (output.Width + _kernels.Rows - 1) / _kernels.Rows * _kernels.Rows;
        // Pixels of an input row with its borders, the last windows of rounded-up rows included.
        var padded = (((pixels - 1) * _shape.Stride) + _shape.Kernel) * _shape.InChannels;
        var windows = LaysOutWindows ? pixels * Depth : 0;
        var scratch = Scratch.OfThisThread((_shape.Kernel * padded) + windows + (pixels * _columns));
        var rows = scratch[..(_shape.Kernel * padded)];
        var laidOut = scratch.Slice(rows.Length, windows);
        var sums = scratch[(rows.Length + windows)..];
        rows.Clear();
        for (var y = first; y < first + count; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var k = 0; k < _shape.Kernel; k++)
                CopyRow(maps, (y * _shape.Stride) - _shape.Padding + k, rows.Slice(k * padded, padded));
            if (LaysOutWindows)
            {
                LayOut(rows, padded, pixels, laidOut);
                Multiply(laidOut, Depth, Depth, first: 0, sums, pixels);
            }
            else
            {
                for (var k = 0; k < _shape.Kernel; k++)
                    Multiply(
                        rows[(k * padded)..], _shape.Stride * _shape.InChannels, RowDepth, k * RowDepth, sums, pixels);
            }
            Finish(sums, output.Row(y), output.Width);
        }
    }

    public void Dispose() => _weights.Dispose();

    // (depth, columns of a panel) for each panel; depth counts kernel rows, kernel columns, channels.
    private void Pack(ReadOnlySpan<float> weight)
    {
        var packed = _weights.Slice(0, Depth * _columns);
        packed.Clear();
        var product = new MatrixProduct(_kernels);
        var area = _shape.Kernel * _shape.Kernel;
        for (var o = 0; o < _shape.OutChannels; o++)
            for (var c = 0; c < _shape.InChannels; c++)
                for (var k = 0; k < area; k++)
                    packed[product.PackedIndex((k * _shape.InChannels) + c, o, Depth, _columns)] =
                        weight[(((o * _shape.InChannels) + c) * area) + k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyRow(FeatureMap[] maps, int y, Span<float> target)
    {
        if ((uint)y >= (uint)maps[0].Height)
        {
            target.Clear();
            return;
        }
        // The borders were cleared once and stay 0.
        var width = Math.Min(maps[0].Width, (target.Length / _shape.InChannels) - _shape.Padding);
        target = target[(_shape.Padding * _shape.InChannels)..];
        var before = 0;
        foreach (var map in maps)
        {
            var source = map.Row(y);
            if (maps.Length == 1)
                source[..(width * map.Channels)].CopyTo(target);
            else
                for (var x = 0; x < width; x++)
                    source.Slice(x * map.Channels, map.Channels)
                        .CopyTo(target[((x * _shape.InChannels) + before)..]);
            before += map.Channels;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LayOut(ReadOnlySpan<float> rows, int padded, int pixels, Span<float> target)
    {
        var step = _shape.Stride * _shape.InChannels;
        for (var x = 0; x < pixels; x++)
            for (var k = 0; k < _shape.Kernel; k++)
                rows.Slice((k * padded) + (x * step), RowDepth).CopyTo(target[((x * Depth) + (k * RowDepth))..]);
    }

    // left (pixels, depth) x weights (depth from first on, columns) is added to the sums, or starts them.
    private void Multiply(ReadOnlySpan<float> left, int step, int depth, int first, Span<float> sums, int pixels)
    {
        _ = left[((pixels - 1) * step) + depth - 1];
        _ = sums[(pixels * _columns) - 1];
        for (var column = 0; column < _columns; column += _kernels.Panel)
        {
            var width = Math.Min(_kernels.Panel, _columns - column);
            for (var done = 0; done < depth; done += DepthAtOnce)
            {
                var count = Math.Min(DepthAtOnce, depth - done);
                ref var panel = ref _weights.Pointer[((long)column * Depth) + ((first + done) * width)];
                for (var x = 0; x < pixels; x += _kernels.Rows)
                    _kernels.Multiply(
                        in left[(x * step) + done], step, 1, in panel, width, width,
                        ref sums[(x * _columns) + column], _columns, count, add: first + done > 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(ReadOnlySpan<float> sums, Span<float> target, int width)
    {
        for (var x = 0; x < width; x++)
            Elementwise.Add(
                sums.Slice(x * _columns, _bias.Length), _bias, target.Slice(x * _bias.Length, _bias.Length));
        _activation.Apply(target, _bias.Length);
    }
}

/// <summary>What a convolution does to the size and the channels.</summary>
/// <param name="InChannels">Channels read.</param>
/// <param name="OutChannels">Channels made.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Stride">Step between windows.</param>
/// <param name="Padding">Zeros before the first row and column.</param>
/// <param name="After">Zeros after the last row and column.</param>
internal readonly record struct ConvolutionShape(
    int InChannels, int OutChannels, int Kernel, int Stride, int Padding, int After)
{
    /// <summary>Size of the result.</summary>
    public MapSize SizeFor(MapSize input) => new(Windows(input.Height), Windows(input.Width));

    private int Windows(int size) => ((size + Padding + After - Kernel) / Stride) + 1;
}
