using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rhytid.Torch.Kernels;

/// <summary>Products of a matrix with a packed one, in single precision, on one thread.</summary>
/// <remarks>
/// Twelve rows by two vectors of columns are summed in registers: 24 of the 32 that AVX-512 has, which is what it takes to keep
/// both multiply-add units busy. The compiler keeps them there only as separate variables, hence the repetition below.
/// </remarks>
internal static class MatrixProduct
{
    /// <summary>Rows that are computed at once.</summary>
    public const int Rows = 12;

    private const int Lanes = 16;
    private const int Panel = 2 * Lanes;

    /// <summary>Where the packed matrix has its element (row, column): panels of 32 columns (the last may have 16), row by row in each.</summary>
    public static int PackedIndex(int row, int column, int rows, int columns)
    {
        var panel = column / Panel * Panel;
        return panel * rows + row * Math.Min(Panel, columns - panel) + (column - panel);
    }

    /// <summary>left (rows, depth) x packed (depth, columns) = result (rows, columns).</summary>
    /// <param name="left">Row-major.</param>
    /// <param name="packed">As <see cref="PackedIndex"/> says.</param>
    /// <param name="result">Row-major; overwritten.</param>
    /// <param name="rows">A multiple of <see cref="Rows"/>.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="columns">A multiple of 16.</param>
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> packed, Span<float> result, int rows, int depth, int columns)
    {
        // Checked once: the loops below stay within these.
        ref readonly var a = ref MemoryMarshal.GetReference(left[..(rows * depth)]);
        ref readonly var b = ref MemoryMarshal.GetReference(packed[..(depth * columns)]);
        ref var c = ref MemoryMarshal.GetReference(result[..(rows * columns)]);
        for (var column = 0; column < columns; column += Panel)
        {
            ref readonly var panel = ref Unsafe.Add(ref Unsafe.AsRef(in b), (nint)column * depth);
            for (var row = 0; row < rows; row += Rows)
            {
                ref readonly var lines = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nint)row * depth);
                ref var target = ref Unsafe.Add(ref c, (nint)row * columns + column);
                if (columns - column >= Panel)
                    Kernel32(in lines, in panel, ref target, depth, columns);
                else
                    Kernel16(in lines, in panel, ref target, depth, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Kernel32(ref readonly float left, ref readonly float panel, ref float target, nint depth, nint columns)
    {
        var s00 = Vector512<float>.Zero; var s01 = Vector512<float>.Zero;
        var s10 = Vector512<float>.Zero; var s11 = Vector512<float>.Zero;
        var s20 = Vector512<float>.Zero; var s21 = Vector512<float>.Zero;
        var s30 = Vector512<float>.Zero; var s31 = Vector512<float>.Zero;
        var s40 = Vector512<float>.Zero; var s41 = Vector512<float>.Zero;
        var s50 = Vector512<float>.Zero; var s51 = Vector512<float>.Zero;
        var s60 = Vector512<float>.Zero; var s61 = Vector512<float>.Zero;
        var s70 = Vector512<float>.Zero; var s71 = Vector512<float>.Zero;
        var s80 = Vector512<float>.Zero; var s81 = Vector512<float>.Zero;
        var s90 = Vector512<float>.Zero; var s91 = Vector512<float>.Zero;
        var s100 = Vector512<float>.Zero; var s101 = Vector512<float>.Zero;
        var s110 = Vector512<float>.Zero; var s111 = Vector512<float>.Zero;
        ref var b = ref Unsafe.AsRef(in panel);
        ref var a = ref Unsafe.AsRef(in left);
        ref var a4 = ref Unsafe.Add(ref a, 4 * depth);
        ref var a8 = ref Unsafe.Add(ref a, 8 * depth);
        for (nint k = 0; k < depth; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, Lanes);
            b = ref Unsafe.Add(ref b, Panel);
            var v0 = Vector512.Create(Unsafe.Add(ref a, k));
            s00 = Vector512.FusedMultiplyAdd(v0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(v0, b1, s01);
            var v1 = Vector512.Create(Unsafe.Add(ref a, k + depth));
            s10 = Vector512.FusedMultiplyAdd(v1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(v1, b1, s11);
            var v2 = Vector512.Create(Unsafe.Add(ref a, k + 2 * depth));
            s20 = Vector512.FusedMultiplyAdd(v2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(v2, b1, s21);
            var v3 = Vector512.Create(Unsafe.Add(ref a, k + 3 * depth));
            s30 = Vector512.FusedMultiplyAdd(v3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(v3, b1, s31);
            var v4 = Vector512.Create(Unsafe.Add(ref a4, k));
            s40 = Vector512.FusedMultiplyAdd(v4, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(v4, b1, s41);
            var v5 = Vector512.Create(Unsafe.Add(ref a4, k + depth));
            s50 = Vector512.FusedMultiplyAdd(v5, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(v5, b1, s51);
            var v6 = Vector512.Create(Unsafe.Add(ref a4, k + 2 * depth));
            s60 = Vector512.FusedMultiplyAdd(v6, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(v6, b1, s61);
            var v7 = Vector512.Create(Unsafe.Add(ref a4, k + 3 * depth));
            s70 = Vector512.FusedMultiplyAdd(v7, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(v7, b1, s71);
            var v8 = Vector512.Create(Unsafe.Add(ref a8, k));
            s80 = Vector512.FusedMultiplyAdd(v8, b0, s80);
            s81 = Vector512.FusedMultiplyAdd(v8, b1, s81);
            var v9 = Vector512.Create(Unsafe.Add(ref a8, k + depth));
            s90 = Vector512.FusedMultiplyAdd(v9, b0, s90);
            s91 = Vector512.FusedMultiplyAdd(v9, b1, s91);
            var v10 = Vector512.Create(Unsafe.Add(ref a8, k + 2 * depth));
            s100 = Vector512.FusedMultiplyAdd(v10, b0, s100);
            s101 = Vector512.FusedMultiplyAdd(v10, b1, s101);
            var v11 = Vector512.Create(Unsafe.Add(ref a8, k + 3 * depth));
            s110 = Vector512.FusedMultiplyAdd(v11, b0, s110);
            s111 = Vector512.FusedMultiplyAdd(v11, b1, s111);
        }
        s00.StoreUnsafe(ref target);
        s01.StoreUnsafe(ref target, Lanes);
        s10.StoreUnsafe(ref Unsafe.Add(ref target, columns));
        s11.StoreUnsafe(ref Unsafe.Add(ref target, columns), Lanes);
        s20.StoreUnsafe(ref Unsafe.Add(ref target, 2 * columns));
        s21.StoreUnsafe(ref Unsafe.Add(ref target, 2 * columns), Lanes);
        s30.StoreUnsafe(ref Unsafe.Add(ref target, 3 * columns));
        s31.StoreUnsafe(ref Unsafe.Add(ref target, 3 * columns), Lanes);
        s40.StoreUnsafe(ref Unsafe.Add(ref target, 4 * columns));
        s41.StoreUnsafe(ref Unsafe.Add(ref target, 4 * columns), Lanes);
        s50.StoreUnsafe(ref Unsafe.Add(ref target, 5 * columns));
        s51.StoreUnsafe(ref Unsafe.Add(ref target, 5 * columns), Lanes);
        s60.StoreUnsafe(ref Unsafe.Add(ref target, 6 * columns));
        s61.StoreUnsafe(ref Unsafe.Add(ref target, 6 * columns), Lanes);
        s70.StoreUnsafe(ref Unsafe.Add(ref target, 7 * columns));
        s71.StoreUnsafe(ref Unsafe.Add(ref target, 7 * columns), Lanes);
        s80.StoreUnsafe(ref Unsafe.Add(ref target, 8 * columns));
        s81.StoreUnsafe(ref Unsafe.Add(ref target, 8 * columns), Lanes);
        s90.StoreUnsafe(ref Unsafe.Add(ref target, 9 * columns));
        s91.StoreUnsafe(ref Unsafe.Add(ref target, 9 * columns), Lanes);
        s100.StoreUnsafe(ref Unsafe.Add(ref target, 10 * columns));
        s101.StoreUnsafe(ref Unsafe.Add(ref target, 10 * columns), Lanes);
        s110.StoreUnsafe(ref Unsafe.Add(ref target, 11 * columns));
        s111.StoreUnsafe(ref Unsafe.Add(ref target, 11 * columns), Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Kernel16(ref readonly float left, ref readonly float panel, ref float target, nint depth, nint columns)
    {
        var s00 = Vector512<float>.Zero;
        var s10 = Vector512<float>.Zero;
        var s20 = Vector512<float>.Zero;
        var s30 = Vector512<float>.Zero;
        var s40 = Vector512<float>.Zero;
        var s50 = Vector512<float>.Zero;
        var s60 = Vector512<float>.Zero;
        var s70 = Vector512<float>.Zero;
        var s80 = Vector512<float>.Zero;
        var s90 = Vector512<float>.Zero;
        var s100 = Vector512<float>.Zero;
        var s110 = Vector512<float>.Zero;
        ref var b = ref Unsafe.AsRef(in panel);
        ref var a = ref Unsafe.AsRef(in left);
        ref var a4 = ref Unsafe.Add(ref a, 4 * depth);
        ref var a8 = ref Unsafe.Add(ref a, 8 * depth);
        for (nint k = 0; k < depth; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            b = ref Unsafe.Add(ref b, Lanes);
            s00 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, k)), b0, s00);
            s10 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, k + depth)), b0, s10);
            s20 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, k + 2 * depth)), b0, s20);
            s30 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, k + 3 * depth)), b0, s30);
            s40 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, k)), b0, s40);
            s50 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, k + depth)), b0, s50);
            s60 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, k + 2 * depth)), b0, s60);
            s70 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, k + 3 * depth)), b0, s70);
            s80 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, k)), b0, s80);
            s90 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, k + depth)), b0, s90);
            s100 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, k + 2 * depth)), b0, s100);
            s110 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, k + 3 * depth)), b0, s110);
        }
        s00.StoreUnsafe(ref target);
        s10.StoreUnsafe(ref Unsafe.Add(ref target, columns));
        s20.StoreUnsafe(ref Unsafe.Add(ref target, 2 * columns));
        s30.StoreUnsafe(ref Unsafe.Add(ref target, 3 * columns));
        s40.StoreUnsafe(ref Unsafe.Add(ref target, 4 * columns));
        s50.StoreUnsafe(ref Unsafe.Add(ref target, 5 * columns));
        s60.StoreUnsafe(ref Unsafe.Add(ref target, 6 * columns));
        s70.StoreUnsafe(ref Unsafe.Add(ref target, 7 * columns));
        s80.StoreUnsafe(ref Unsafe.Add(ref target, 8 * columns));
        s90.StoreUnsafe(ref Unsafe.Add(ref target, 9 * columns));
        s100.StoreUnsafe(ref Unsafe.Add(ref target, 10 * columns));
        s110.StoreUnsafe(ref Unsafe.Add(ref target, 11 * columns));
    }
}
