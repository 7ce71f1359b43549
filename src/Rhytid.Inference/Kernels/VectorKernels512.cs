using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rhytid.Inference.Kernels;

/// <summary>For AVX-512.</summary>
/// <remarks>
/// Twelve rows by two vectors of columns are summed in registers: 24 of the 32, which is what it takes to keep both
/// multiply-add units busy. The compiler keeps them there only as separate variables, hence the repetition below.
/// </remarks>
internal sealed class VectorKernels512 : VectorKernels
{
    private const int Lanes = 16;

    public override int Rows => 12;

    public override int Panel => 2 * Lanes;

    public override void Multiply(
        ref readonly float left, nint step, nint next, ref readonly float panel, int width, nint panelStep,
        ref float target, nint targetStep, nint depth, bool add)
    {
        if (width == 2 * Lanes)
            MultiplyTwo(in left, step, next, in panel, panelStep, ref target, targetStep, depth, add);
        else
            MultiplyOne(in left, step, next, in panel, panelStep, ref target, targetStep, depth, add);
    }

    public override void TransformInput(
        ReadOnlySpan<float> input, TileGrid grid, int tile, int channels, Span<float> target, int step) =>
        WinogradTransforms.Input<Float512>(input, grid, tile, channels, target, step);

    public override void TransformGradient(
        ReadOnlySpan<float> gradient, TileGrid grid, int tile, int channels, Span<float> target, int step) =>
        WinogradTransforms.Gradient<Float512>(gradient, grid, tile, channels, target, step);

    public override void TransformOutput(
        ReadOnlySpan<float> products, int step, ReadOnlySpan<float> bias, bool relu, TileGrid grid, int tile,
        int channels, Span<float> output) =>
        WinogradTransforms.Output<Float512>(products, step, bias, relu, grid, tile, channels, output);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTwo(
        ref readonly float left, nint step, nint next, ref readonly float panel, nint panelStep, ref float target,
        nint targetStep, nint depth, bool add)
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
        if (add)
        {
            s00 = Vector512.LoadUnsafe(ref target);
            s01 = Vector512.LoadUnsafe(ref target, Lanes);
            s10 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetStep));
            s11 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetStep), Lanes);
            s20 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 2 * targetStep));
            s21 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 2 * targetStep), Lanes);
            s30 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 3 * targetStep));
            s31 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 3 * targetStep), Lanes);
            s40 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 4 * targetStep));
            s41 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 4 * targetStep), Lanes);
            s50 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 5 * targetStep));
            s51 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 5 * targetStep), Lanes);
            s60 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 6 * targetStep));
            s61 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 6 * targetStep), Lanes);
            s70 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 7 * targetStep));
            s71 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 7 * targetStep), Lanes);
            s80 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 8 * targetStep));
            s81 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 8 * targetStep), Lanes);
            s90 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 9 * targetStep));
            s91 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 9 * targetStep), Lanes);
            s100 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 10 * targetStep));
            s101 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 10 * targetStep), Lanes);
            s110 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 11 * targetStep));
            s111 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 11 * targetStep), Lanes);
        }
        ref var b = ref Unsafe.AsRef(in panel);
        ref var a = ref Unsafe.AsRef(in left);
        ref var a4 = ref Unsafe.Add(ref a, 4 * step);
        ref var a8 = ref Unsafe.Add(ref a, 8 * step);
        var step2 = 2 * step;
        var step3 = 3 * step;
        for (var k = depth; k > 0; k--)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, Lanes);
            var v0 = Vector512.Create(a);
            s00 = Vector512.FusedMultiplyAdd(v0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(v0, b1, s01);
            var v1 = Vector512.Create(Unsafe.Add(ref a, step));
            s10 = Vector512.FusedMultiplyAdd(v1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(v1, b1, s11);
            var v2 = Vector512.Create(Unsafe.Add(ref a, step2));
            s20 = Vector512.FusedMultiplyAdd(v2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(v2, b1, s21);
            var v3 = Vector512.Create(Unsafe.Add(ref a, step3));
            s30 = Vector512.FusedMultiplyAdd(v3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(v3, b1, s31);
            var v4 = Vector512.Create(a4);
            s40 = Vector512.FusedMultiplyAdd(v4, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(v4, b1, s41);
            var v5 = Vector512.Create(Unsafe.Add(ref a4, step));
            s50 = Vector512.FusedMultiplyAdd(v5, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(v5, b1, s51);
            var v6 = Vector512.Create(Unsafe.Add(ref a4, step2));
            s60 = Vector512.FusedMultiplyAdd(v6, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(v6, b1, s61);
            var v7 = Vector512.Create(Unsafe.Add(ref a4, step3));
            s70 = Vector512.FusedMultiplyAdd(v7, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(v7, b1, s71);
            var v8 = Vector512.Create(a8);
            s80 = Vector512.FusedMultiplyAdd(v8, b0, s80);
            s81 = Vector512.FusedMultiplyAdd(v8, b1, s81);
            var v9 = Vector512.Create(Unsafe.Add(ref a8, step));
            s90 = Vector512.FusedMultiplyAdd(v9, b0, s90);
            s91 = Vector512.FusedMultiplyAdd(v9, b1, s91);
            var v10 = Vector512.Create(Unsafe.Add(ref a8, step2));
            s100 = Vector512.FusedMultiplyAdd(v10, b0, s100);
            s101 = Vector512.FusedMultiplyAdd(v10, b1, s101);
            var v11 = Vector512.Create(Unsafe.Add(ref a8, step3));
            s110 = Vector512.FusedMultiplyAdd(v11, b0, s110);
            s111 = Vector512.FusedMultiplyAdd(v11, b1, s111);
            a = ref Unsafe.Add(ref a, next);
            a4 = ref Unsafe.Add(ref a4, next);
            a8 = ref Unsafe.Add(ref a8, next);
            b = ref Unsafe.Add(ref b, panelStep);
        }
        s00.StoreUnsafe(ref target);
        s01.StoreUnsafe(ref target, Lanes);
        s10.StoreUnsafe(ref Unsafe.Add(ref target, targetStep));
        s11.StoreUnsafe(ref Unsafe.Add(ref target, targetStep), Lanes);
        s20.StoreUnsafe(ref Unsafe.Add(ref target, 2 * targetStep));
        s21.StoreUnsafe(ref Unsafe.Add(ref target, 2 * targetStep), Lanes);
        s30.StoreUnsafe(ref Unsafe.Add(ref target, 3 * targetStep));
        s31.StoreUnsafe(ref Unsafe.Add(ref target, 3 * targetStep), Lanes);
        s40.StoreUnsafe(ref Unsafe.Add(ref target, 4 * targetStep));
        s41.StoreUnsafe(ref Unsafe.Add(ref target, 4 * targetStep), Lanes);
        s50.StoreUnsafe(ref Unsafe.Add(ref target, 5 * targetStep));
        s51.StoreUnsafe(ref Unsafe.Add(ref target, 5 * targetStep), Lanes);
        s60.StoreUnsafe(ref Unsafe.Add(ref target, 6 * targetStep));
        s61.StoreUnsafe(ref Unsafe.Add(ref target, 6 * targetStep), Lanes);
        s70.StoreUnsafe(ref Unsafe.Add(ref target, 7 * targetStep));
        s71.StoreUnsafe(ref Unsafe.Add(ref target, 7 * targetStep), Lanes);
        s80.StoreUnsafe(ref Unsafe.Add(ref target, 8 * targetStep));
        s81.StoreUnsafe(ref Unsafe.Add(ref target, 8 * targetStep), Lanes);
        s90.StoreUnsafe(ref Unsafe.Add(ref target, 9 * targetStep));
        s91.StoreUnsafe(ref Unsafe.Add(ref target, 9 * targetStep), Lanes);
        s100.StoreUnsafe(ref Unsafe.Add(ref target, 10 * targetStep));
        s101.StoreUnsafe(ref Unsafe.Add(ref target, 10 * targetStep), Lanes);
        s110.StoreUnsafe(ref Unsafe.Add(ref target, 11 * targetStep));
        s111.StoreUnsafe(ref Unsafe.Add(ref target, 11 * targetStep), Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyOne(
        ref readonly float left, nint step, nint next, ref readonly float panel, nint panelStep, ref float target,
        nint targetStep, nint depth, bool add)
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
        if (add)
        {
            s00 = Vector512.LoadUnsafe(ref target);
            s10 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetStep));
            s20 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 2 * targetStep));
            s30 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 3 * targetStep));
            s40 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 4 * targetStep));
            s50 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 5 * targetStep));
            s60 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 6 * targetStep));
            s70 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 7 * targetStep));
            s80 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 8 * targetStep));
            s90 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 9 * targetStep));
            s100 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 10 * targetStep));
            s110 = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, 11 * targetStep));
        }
        ref var b = ref Unsafe.AsRef(in panel);
        ref var a = ref Unsafe.AsRef(in left);
        ref var a4 = ref Unsafe.Add(ref a, 4 * step);
        ref var a8 = ref Unsafe.Add(ref a, 8 * step);
        var step2 = 2 * step;
        var step3 = 3 * step;
        for (var k = depth; k > 0; k--)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            s00 = Vector512.FusedMultiplyAdd(Vector512.Create(a), b0, s00);
            s10 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, step)), b0, s10);
            s20 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, step2)), b0, s20);
            s30 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, step3)), b0, s30);
            s40 = Vector512.FusedMultiplyAdd(Vector512.Create(a4), b0, s40);
            s50 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, step)), b0, s50);
            s60 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, step2)), b0, s60);
            s70 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a4, step3)), b0, s70);
            s80 = Vector512.FusedMultiplyAdd(Vector512.Create(a8), b0, s80);
            s90 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, step)), b0, s90);
            s100 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, step2)), b0, s100);
            s110 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a8, step3)), b0, s110);
            a = ref Unsafe.Add(ref a, next);
            a4 = ref Unsafe.Add(ref a4, next);
            a8 = ref Unsafe.Add(ref a8, next);
            b = ref Unsafe.Add(ref b, panelStep);
        }
        s00.StoreUnsafe(ref target);
        s10.StoreUnsafe(ref Unsafe.Add(ref target, targetStep));
        s20.StoreUnsafe(ref Unsafe.Add(ref target, 2 * targetStep));
        s30.StoreUnsafe(ref Unsafe.Add(ref target, 3 * targetStep));
        s40.StoreUnsafe(ref Unsafe.Add(ref target, 4 * targetStep));
        s50.StoreUnsafe(ref Unsafe.Add(ref target, 5 * targetStep));
        s60.StoreUnsafe(ref Unsafe.Add(ref target, 6 * targetStep));
        s70.StoreUnsafe(ref Unsafe.Add(ref target, 7 * targetStep));
        s80.StoreUnsafe(ref Unsafe.Add(ref target, 8 * targetStep));
        s90.StoreUnsafe(ref Unsafe.Add(ref target, 9 * targetStep));
        s100.StoreUnsafe(ref Unsafe.Add(ref target, 10 * targetStep));
        s110.StoreUnsafe(ref Unsafe.Add(ref target, 11 * targetStep));
    }
}
