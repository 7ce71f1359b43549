using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Rhytid.Inference.Kernels;

/// <summary>The innermost loops, written for one width of the processor's vectors.</summary>
/// <remarks>Without such vectors .NET computes the same in pieces: right, but too slow to be of use.</remarks>
internal abstract class VectorKernels
{
    /// <summary>Those for the widest vectors of this processor.</summary>
    public static VectorKernels OfThisProcessor { get; } =
        Vector512.IsHardwareAccelerated ? new VectorKernels512()
        : Avx2.IsSupported && Fma.IsSupported ? new SmallVectorKernels<Float256>()
        : new SmallVectorKernels<Float128>();

    /// <summary>
    /// Whether this processor has vectors that these loops are fast with: AVX-512, AVX2 with FMA, or NEON.
    /// </summary>
    public static bool AreFast =>
        Vector512.IsHardwareAccelerated || (Avx2.IsSupported && Fma.IsSupported) || AdvSimd.Arm64.IsSupported;

    /// <summary>Rows of a matrix product that are computed at once.</summary>
    public abstract int Rows { get; }

    /// <summary>Columns of a matrix product that are computed at once; a multiple of 16.</summary>
    public abstract int Panel { get; }

    /// <summary>left (<see cref="Rows"/>, depth) x panel (depth, width) = target (<see cref="Rows"/>, width).</summary>
    /// <param name="left">First number of the left matrix.</param>
    /// <param name="step">From one row of it to the next.</param>
    /// <param name="next">From one column of it to the next: 1, or more where the left matrix lies transposed.</param>
    /// <param name="panel">First number of the right matrix.</param>
    /// <param name="width">At most <see cref="Panel"/>; a multiple of 16.</param>
    /// <param name="panelStep">From one row of the right matrix to the next.</param>
    /// <param name="target">First number of the result.</param>
    /// <param name="targetStep">From one row of it to the next.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="add">Whether the product is added to what the target holds.</param>
    public abstract void Multiply(
        ref readonly float left, nint step, nint next, ref readonly float panel, int width, nint panelStep,
        ref float target, nint targetStep, nint depth, bool add);

    /// <inheritdoc cref="WinogradTransforms.Input"/>
    public abstract void TransformInput(
        ReadOnlySpan<float> input, TileGrid grid, int tile, int channels, Span<float> target, int step);

    /// <inheritdoc cref="WinogradTransforms.Gradient"/>
    public abstract void TransformGradient(
        ReadOnlySpan<float> gradient, TileGrid grid, int tile, int channels, Span<float> target, int step);

    /// <inheritdoc cref="WinogradTransforms.Output"/>
    public abstract void TransformOutput(
        ReadOnlySpan<float> products,
            int step, ReadOnlySpan<float> bias, bool relu, TileGrid grid, int tile, int channels, Span<float> output);
}
