using System.Runtime.CompilerServices;

namespace Rhytid.Inference.Kernels;

/// <summary>For vectors of 8 or 4 numbers and 16 registers.</summary>
/// <remarks>
/// Six rows by two vectors of columns: twelve sums, two vectors of columns and one number of the left matrix fit the
/// registers. Each sum is a variable of its own for the reason that <see cref="VectorKernels512"/> gives.
/// </remarks>
internal sealed class SmallVectorKernels<TVector> : VectorKernels
    where TVector : unmanaged, IFloatVector<TVector>
{
    public override int Rows => 6;

    public override int Panel => 16;

    // Channels come in multiples of 16, so every panel is full.
    public override void Multiply(
        ref readonly float left, nint step, nint next, ref readonly float panel, int width, nint panelStep,
        ref float target, nint targetStep, nint depth, bool add)
    {
        for (var column = 0; column < Panel; column += 2 * TVector.Lanes)
            MultiplySixByTwo(
                in left, step, next, in Unsafe.Add(ref Unsafe.AsRef(in panel), column), panelStep,
                ref Unsafe.Add(ref target, column), targetStep, depth, add);
    }

    public override void TransformInput(
        ReadOnlySpan<float> input, TileGrid grid, int tile, int channels, Span<float> target, int step) =>
        WinogradTransforms.Input<TVector>(input, grid, tile, channels, target, step);

    public override void TransformGradient(
        ReadOnlySpan<float> gradient, TileGrid grid, int tile, int channels, Span<float> target, int step) =>
        WinogradTransforms.Gradient<TVector>(gradient, grid, tile, channels, target, step);

    public override void TransformOutput(
        ReadOnlySpan<float> products, int step, ReadOnlySpan<float> bias, bool relu, TileGrid grid, int tile,
        int channels, Span<float> output) =>
        WinogradTransforms.Output<TVector>(products, step, bias, relu, grid, tile, channels, output);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySixByTwo(
        ref readonly float left, nint step, nint next, ref readonly float panel, nint panelStep, ref float target,
        nint targetStep, nint depth, bool add)
    {
        var s00 = default(TVector); var s01 = default(TVector);
        var s10 = default(TVector); var s11 = default(TVector);
        var s20 = default(TVector); var s21 = default(TVector);
        var s30 = default(TVector); var s31 = default(TVector);
        var s40 = default(TVector); var s41 = default(TVector);
        var s50 = default(TVector); var s51 = default(TVector);
        if (add)
        {
            s00 = TVector.Load(ref target, 0);
            s01 = TVector.Load(ref target, TVector.Lanes);
            s10 = TVector.Load(ref target, targetStep);
            s11 = TVector.Load(ref target, targetStep + TVector.Lanes);
            s20 = TVector.Load(ref target, 2 * targetStep);
            s21 = TVector.Load(ref target, 2 * targetStep + TVector.Lanes);
            s30 = TVector.Load(ref target, 3 * targetStep);
            s31 = TVector.Load(ref target, 3 * targetStep + TVector.Lanes);
            s40 = TVector.Load(ref target, 4 * targetStep);
            s41 = TVector.Load(ref target, 4 * targetStep + TVector.Lanes);
            s50 = TVector.Load(ref target, 5 * targetStep);
            s51 = TVector.Load(ref target, 5 * targetStep + TVector.Lanes);
        }
        ref var b = ref Unsafe.AsRef(in panel);
        ref var a = ref Unsafe.AsRef(in left);
        ref var a3 = ref Unsafe.Add(ref a, 3 * step);
        var step2 = 2 * step;
        for (var k = depth; k > 0; k--)
        {
            var b0 = TVector.Load(ref b, 0);
            var b1 = TVector.Load(ref b, TVector.Lanes);
            var v0 = TVector.Create(a);
            s00 = TVector.MultiplyAdd(v0, b0, s00);
            s01 = TVector.MultiplyAdd(v0, b1, s01);
            var v1 = TVector.Create(Unsafe.Add(ref a, step));
            s10 = TVector.MultiplyAdd(v1, b0, s10);
            s11 = TVector.MultiplyAdd(v1, b1, s11);
            var v2 = TVector.Create(Unsafe.Add(ref a, step2));
            s20 = TVector.MultiplyAdd(v2, b0, s20);
            s21 = TVector.MultiplyAdd(v2, b1, s21);
            var v3 = TVector.Create(a3);
            s30 = TVector.MultiplyAdd(v3, b0, s30);
            s31 = TVector.MultiplyAdd(v3, b1, s31);
            var v4 = TVector.Create(Unsafe.Add(ref a3, step));
            s40 = TVector.MultiplyAdd(v4, b0, s40);
            s41 = TVector.MultiplyAdd(v4, b1, s41);
            var v5 = TVector.Create(Unsafe.Add(ref a3, step2));
            s50 = TVector.MultiplyAdd(v5, b0, s50);
            s51 = TVector.MultiplyAdd(v5, b1, s51);
            a = ref Unsafe.Add(ref a, next);
            a3 = ref Unsafe.Add(ref a3, next);
            b = ref Unsafe.Add(ref b, panelStep);
        }
        TVector.Store(s00, ref target, 0);
        TVector.Store(s01, ref target, TVector.Lanes);
        TVector.Store(s10, ref target, targetStep);
        TVector.Store(s11, ref target, targetStep + TVector.Lanes);
        TVector.Store(s20, ref target, 2 * targetStep);
        TVector.Store(s21, ref target, 2 * targetStep + TVector.Lanes);
        TVector.Store(s30, ref target, 3 * targetStep);
        TVector.Store(s31, ref target, 3 * targetStep + TVector.Lanes);
        TVector.Store(s40, ref target, 4 * targetStep);
        TVector.Store(s41, ref target, 4 * targetStep + TVector.Lanes);
        TVector.Store(s50, ref target, 5 * targetStep);
        TVector.Store(s51, ref target, 5 * targetStep + TVector.Lanes);
    }
}
