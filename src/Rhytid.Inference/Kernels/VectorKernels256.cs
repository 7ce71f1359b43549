using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rhytid.Inference.Kernels;

/// <summary>For AVX2 with FMA.</summary>
/// <remarks>
/// Six rows by two vectors of columns: twelve sums, two vectors of columns and one number of the left matrix fit the 16
/// registers. Each sum is a variable of its own for the reason that <see cref="VectorKernels512"/> gives.
/// </remarks>
internal sealed class VectorKernels256 : VectorKernels
{
    private const int Lanes = 8;

    public override int Rows => 6;

    public override int Panel => 2 * Lanes;

    // Channels come in multiples of 16, so every panel is full.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(
        ref readonly float left, nint step, nint next, ref readonly float panel, int width, nint panelStep,
        ref float target, nint targetStep, nint depth, bool add)
    {
        var s00 = Vector256<float>.Zero; var s01 = Vector256<float>.Zero;
        var s10 = Vector256<float>.Zero; var s11 = Vector256<float>.Zero;
        var s20 = Vector256<float>.Zero; var s21 = Vector256<float>.Zero;
        var s30 = Vector256<float>.Zero; var s31 = Vector256<float>.Zero;
        var s40 = Vector256<float>.Zero; var s41 = Vector256<float>.Zero;
        var s50 = Vector256<float>.Zero; var s51 = Vector256<float>.Zero;
        if (add)
        {
            s00 = Vector256.LoadUnsafe(ref target);
            s01 = Vector256.LoadUnsafe(ref target, Lanes);
            s10 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, targetStep));
            s11 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, targetStep), Lanes);
            s20 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 2 * targetStep));
            s21 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 2 * targetStep), Lanes);
            s30 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 3 * targetStep));
            s31 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 3 * targetStep), Lanes);
            s40 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 4 * targetStep));
            s41 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 4 * targetStep), Lanes);
            s50 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 5 * targetStep));
            s51 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 5 * targetStep), Lanes);
        }
        ref var b = ref Unsafe.AsRef(in panel);
        ref var a = ref Unsafe.AsRef(in left);
        ref var a3 = ref Unsafe.Add(ref a, 3 * step);
        var step2 = 2 * step;
        for (var k = depth; k > 0; k--)
        {
            var b0 = Vector256.LoadUnsafe(ref b);
            var b1 = Vector256.LoadUnsafe(ref b, Lanes);
            var v0 = Vector256.Create(a);
            s00 = Vector256.FusedMultiplyAdd(v0, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(v0, b1, s01);
            var v1 = Vector256.Create(Unsafe.Add(ref a, step));
            s10 = Vector256.FusedMultiplyAdd(v1, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(v1, b1, s11);
            var v2 = Vector256.Create(Unsafe.Add(ref a, step2));
            s20 = Vector256.FusedMultiplyAdd(v2, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(v2, b1, s21);
            var v3 = Vector256.Create(a3);
            s30 = Vector256.FusedMultiplyAdd(v3, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(v3, b1, s31);
            var v4 = Vector256.Create(Unsafe.Add(ref a3, step));
            s40 = Vector256.FusedMultiplyAdd(v4, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(v4, b1, s41);
            var v5 = Vector256.Create(Unsafe.Add(ref a3, step2));
            s50 = Vector256.FusedMultiplyAdd(v5, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(v5, b1, s51);
            a = ref Unsafe.Add(ref a, next);
            a3 = ref Unsafe.Add(ref a3, next);
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
    }

    public override void TransformInput(
        ReadOnlySpan<float> input, TileGrid grid, int tile, int channels, Span<float> target, int step) =>
        WinogradTransforms.Input<Float256>(input, grid, tile, channels, target, step);

    public override void TransformGradient(
        ReadOnlySpan<float> gradient, TileGrid grid, int tile, int channels, Span<float> target, int step) =>
        WinogradTransforms.Gradient<Float256>(gradient, grid, tile, channels, target, step);

    public override void TransformOutput(
        ReadOnlySpan<float> products, int step, ReadOnlySpan<float> bias, bool relu, TileGrid grid, int tile,
        int channels, Span<float> output) =>
        WinogradTransforms.Output<Float256>(products, step, bias, relu, grid, tile, channels, output);
}
