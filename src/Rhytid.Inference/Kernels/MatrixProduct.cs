using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rhytid.Inference.Kernels;

/// <summary>Products of a matrix with a packed one, in single precision, on one thread.</summary>
/// <param name="kernels">What computes a few rows of a panel, and how many these are.</param>
internal sealed class MatrixProduct(VectorKernels kernels)
{
    // As much of a panel as stays in the first-level cache (32 KB) while all rows pass by.
    private const int DepthAtOnce = 256;

    private const int CacheLine = 64 / sizeof(float);

    /// <summary>
    /// Distance between rows: one cache line more than the row, because rows a power of two apart would share the same
    /// few places in the cache.
    /// </summary>
    public static int Stride(int columns) => columns + CacheLine;

    /// <summary>
    /// Where the packed matrix has its element (row, column): panels of columns (the last may be narrower), row by row
    /// in each.
    /// </summary>
    public int PackedIndex(int row, int column, int rows, int columns)
    {
        var panel = column / kernels.Panel * kernels.Panel;
        return panel * rows + row * Math.Min(kernels.Panel, columns - panel) + (column - panel);
    }

    /// <summary>left (rows, depth) x packed (depth, columns) = result (rows, columns).</summary>
    /// <param name="left">Row-major, <see cref="Stride"/>(depth) from one row to the next.</param>
    /// <param name="packed">As <see cref="PackedIndex"/> says.</param>
    /// <param name="result">Row-major, <see cref="Stride"/>(columns) from one row to the next; overwritten.</param>
    /// <param name="rows">A multiple of the kernel's.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="columns">A multiple of 16.</param>
    public void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> packed, Span<float> result, int rows, int depth, int columns)
    {
        var (leftStride, resultStride) = (Stride(depth), Stride(columns));
        // Checked once: the loops below stay within these.
        ref readonly var a = ref MemoryMarshal.GetReference(left[..(rows * leftStride)]);
        ref readonly var b = ref MemoryMarshal.GetReference(packed[..(depth * columns)]);
        ref var c = ref MemoryMarshal.GetReference(result[..(rows * resultStride)]);
        var (rowsAtOnce, columnsAtOnce) = (kernels.Rows, kernels.Panel);
        for (var column = 0; column < columns; column += columnsAtOnce)
        {
            var width = Math.Min(columnsAtOnce, columns - column);
            for (var start = 0; start < depth; start += DepthAtOnce)
            {
                var count = Math.Min(DepthAtOnce, depth - start);
                ref readonly var panel = ref Unsafe.Add(ref Unsafe.AsRef(in b), (nint)column * depth + start * width);
                for (var row = 0; row < rows; row += rowsAtOnce)
                {
                    ref readonly var lines = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nint)row * leftStride + start);
                    ref var target = ref Unsafe.Add(ref c, (nint)row * resultStride + column);
                    kernels.Multiply(
                        in lines, leftStride, 1, in panel, width, width, ref target, resultStride, count,
                        add: start > 0);
                }
            }
        }
    }

    /// <summary>The transpose of left (depth, rows) x right (depth, columns) = result (rows, columns).</summary>
    /// <param name="left">Row-major, <see cref="Stride"/>(rows) from one row to the next.</param>
    /// <param name="right">Row-major, <see cref="Stride"/>(columns) from one row to the next.</param>
    /// <param name="result">Row-major, <see cref="Stride"/>(columns) from one row to the next; rows as
    /// <see cref="WholeRows"/> says.</param>
    /// <param name="rows">At least one; those that round them up to the kernel's are computed of what lies between the
    /// rows of left.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="columns">A multiple of 16.</param>
    /// <param name="add">Whether the product is added to the result.</param>
    public void MultiplyTransposed(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int rows, int depth, int columns,
        bool add)
    {
        var (leftStride, resultStride) = (Stride(rows), Stride(columns));
        var wholeRows = WholeRows(rows);
        // Checked once: the loops below stay within these.
        ref readonly var a = ref MemoryMarshal.GetReference(left[..(depth * leftStride)]);
        ref readonly var b = ref MemoryMarshal.GetReference(right[..(depth * resultStride)]);
        ref var c = ref MemoryMarshal.GetReference(result[..(wholeRows * resultStride)]);
        for (var column = 0; column < columns; column += kernels.Panel)
        {
            var width = Math.Min(kernels.Panel, columns - column);
            for (var start = 0; start < depth; start += DepthAtOnce / 2)
            {
                var count = Math.Min(DepthAtOnce / 2, depth - start);
                ref readonly var panel = ref Unsafe.Add(ref Unsafe.AsRef(in b), (nint)start * resultStride + column);
                for (var row = 0; row < wholeRows; row += kernels.Rows)
                {
                    ref readonly var lines = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nint)start * leftStride + row);
                    ref var target = ref Unsafe.Add(ref c, (nint)row * resultStride + column);
                    kernels.Multiply(
                        in lines, 1, leftStride, in panel, width, resultStride, ref target, resultStride, count,
                        add || start > 0);
                }
            }
        }
    }

    /// <summary>Rows rounded up to what the kernel computes at once.</summary>
    public int WholeRows(int rows) => (rows + kernels.Rows - 1) / kernels.Rows * kernels.Rows;
}
