using Rhytid.Inference.Convolutions;
using Rhytid.Inference.Kernels;
using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Torch.Kernels;

/// <summary>
/// Gradient of <see cref="WinogradConvolution"/> with respect to its kernel: the adjoint of its three steps, with a
/// quarter of the direct sum's multiplications.
/// </summary>
/// <remarks>
/// Each tile's input and gradient are transformed to 36 numbers per channel; the sum over all tiles is 36 matrix
/// products (in, tiles) x (tiles, out), which are transformed back to 3x3 once. Every point is summed by one thread in
/// the order of the tiles, so the number of threads does not change the result.
/// </remarks>
internal sealed class WinogradGradient(VectorKernels kernels)
{
    // Tiles that are transformed together lie in the caches until they are multiplied; measured, 2 and 8 MB are slower.
    private const int Cache = 4 << 20;

    /// <summary>Tiles come in groups of this, so that threads share the transforms.</summary>
    private const int Group = 12;

    private readonly MatrixProduct _product = new(kernels);

    /// <summary>The gradient with respect to the kernel.</summary>
    /// <param name="inputs">Each (N, c, H, W) with c a multiple of 16: what was convolved, joined along the
    /// channels.</param>
    /// <param name="gradient">(N, out, H, W), out a multiple of 16: with respect to the result.</param>
    /// <param name="cancellation">Looked at between groups of tiles.</param>
    /// <returns>(out, in, 3, 3).</returns>
    public Tensor Run(ReadOnlySpan<Tensor> inputs, Tensor gradient, CancellationToken cancellation)
    {
        using var scope = TensorScope.Begin(cancellation);
        var maps = new JoinedMaps(TensorMaps.Read(inputs));
        var outer = gradient.Permute(0, 2, 3, 1).Contiguous(); // (N, H, W, out)
        var (inChannels, outChannels, batch) = (maps.Channels, (int)outer.Size(3), maps.Tiles);

        var pixels = TensorMaps.Pixels(outer);
        var (inStride, outStride) = (MatrixProduct.Stride(inChannels), MatrixProduct.Stride(outChannels));
        var fitting = Cache / (WinogradTransforms.Points * sizeof(float) * (inStride + outStride)) / Group * Group;
        var most = Math.Min(Math.Max(fitting, 4 * Group), (batch.Count + Group - 1) / Group * Group);
        var (inStep, outStep) = (MatrixProduct.Stride(most * inStride), MatrixProduct.Stride(most * outStride));
        var sumStep = MatrixProduct.Stride(_product.WholeRows(inChannels) * outStride);
        // Zeros, because the product also reads what lies between the rows.
        var transformed = Tensor.Zeros([WinogradTransforms.Points * inStep]);
        var spread = Tensor.Empty([WinogradTransforms.Points * outStep]);
        var sums = Tensor.Empty([WinogradTransforms.Points * sumStep]);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = TorchRuntime.Threads,
            CancellationToken = cancellation
        };
        for (var start = 0; start < batch.Count; start += most)
        {
            var (first, total) = (start, Math.Min(most, batch.Count - start));
            var blocks = Blocks.OfGroups(total, Group, Group, TorchRuntime.Threads);
            TileBatch.InBlocks(blocks, TorchRuntime.Threads, (offset, count) =>
            {
                var tile = first + offset;
                maps.Transform(
                    kernels, tile, count, transformed.AsSpan<float>()[(offset * inStride)..], inStride, inStep);
                Spread(
                    pixels, outChannels, batch, tile, count, spread.AsSpan<float>()[(offset * outStride)..], outStride,
                    outStep);
            }, cancellation);
            Parallel.For(0, WinogradTransforms.Points, options, point => _product.MultiplyTransposed(
                transformed.AsSpan<float>()[(point * inStep)..], spread.AsSpan<float>()[(point * outStep)..],
                sums.AsSpan<float>()[(point * sumStep)..], inChannels, total, outChannels, add: first > 0));
        }
        var result = Tensor.Empty([outChannels, inChannels, 3, 3]);
        Parallel.For(0, inChannels, options, input => WinogradTransforms.UnpackGradient(
            sums.AsSpan<float>(), sumStep, outStride, result.AsSpan<float>(), inChannels, outChannels, input));
        return scope.MoveOut(result);
    }

    private void Spread(
        FeatureMap gradient, int channels, TileBatch batch, int first, int count, Span<float> target, int stride, int step)
    {
        foreach (var (image, tile, tiles, done) in batch.Runs(first, count))
        {
            var pixels = gradient.Image(image);
            for (var i = 0; i < tiles; i++)
                kernels.TransformGradient(
                    pixels, batch.Grid, tile + i, channels, target[((done + i) * stride)..], step);
        }
    }
}
