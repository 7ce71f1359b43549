using Rhytid.Inference.Kernels;

namespace Rhytid.Torch.Kernels;

/// <summary>
/// 3x3 convolution with stride 1 and padding 1 by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, 2016): a
/// quarter of the multiplications of the direct sum, in single precision, for channels-last images in the processor's
/// memory.
/// </summary>
/// <remarks>
/// Each 4x4 tile of the output comes from a 6x6 tile of the input. The input tile is transformed to 36 numbers per
/// channel, the sum over channels becomes 36 matrix products, the result is transformed back. A block of tiles goes
/// through all three steps on one thread, so that what lies between them stays in its cache.
/// </remarks>
internal sealed class WinogradConvolution
{
    /// <summary>Channels come in multiples of this: whole vectors of every width, and cache lines.</summary>
    private const int ChannelGroup = 16;

    /// <summary>
    /// Tiles of a block are a multiple of this: a multiple of the rows that each of the kernels computes at once.
    /// </summary>
    private const int RowGroup = 12;

    private readonly VectorKernels _kernels;
    private readonly MatrixProduct _product;
    private readonly float[] _bias;
    private readonly bool _relu;

    /// <summary>Transforms a kernel once.</summary>
    /// <param name="weight">(out, in, 3, 3), both channels multiples of 16.</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="kernels">Unless given, those of this processor.</param>
    public WinogradConvolution(Tensor weight, Tensor? bias, bool relu, VectorKernels? kernels = null)
    {
        (InChannels, OutChannels) = ((int)weight.Size(1), (int)weight.Size(0));
        if (InChannels % ChannelGroup != 0 || OutChannels % ChannelGroup != 0)
            throw new ArgumentException($"{InChannels} to {OutChannels} channels do not fit this kernel");
        _kernels = kernels
            ?? VectorKernels.OfThisProcessor ?? throw new PlatformNotSupportedException(
                "this processor has neither AVX-512 nor AVX2 with FMA");
        _product = new MatrixProduct(_kernels);
        _relu = relu;
        using var scope = TensorScope.Begin();
        Weights = scope.MoveOut(Tensor.Empty([WinogradTransforms.Points * InChannels * OutChannels]));
        var (kernel, product) = (weight.Contiguous(), _product);
        Parallel.For(0, OutChannels, new ParallelOptions { MaxDegreeOfParallelism = TorchRuntime.Threads }, output =>
            WinogradTransforms.PackWeights(
                product, kernel.AsSpan<float>(), Weights.AsSpan<float>(), InChannels, OutChannels, output));
        _bias = bias is null ? new float[OutChannels] : bias.ToArray<float>();
    }

    /// <summary>Channels read.</summary>
    public int InChannels { get; }

    /// <summary>Channels made.</summary>
    public int OutChannels { get; }

    /// <summary>
    /// The transformed kernel; belongs to the scope that the convolution was made in, unless its owner keeps it.
    /// </summary>
    public Tensor Weights { get; }

    /// <summary>Whether this processor and these channels suit the kernel.</summary>
    /// <remarks>
    /// With fewer than 32 input channels the transforms cost more than the multiplications that they save (measured
    /// with AVX2).
    /// </remarks>
    public static bool Supports(int inChannels, int outChannels) =>
        VectorKernels.OfThisProcessor is not null
            && inChannels >= 32
            && inChannels % ChannelGroup == 0
            && outChannels % ChannelGroup == 0;

    /// <summary>Whether maps can be joined on the way: their channels are multiples of 16.</summary>
    public static bool CanJoin(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            if (input.Size(1) % ChannelGroup != 0)
                return false;
        return true;
    }

    /// <summary>Convolves.</summary>
    /// <param name="input">(N, in, H, W), Float32 on the processor; any memory order, channels-last without a
    /// copy.</param>
    /// <param name="cancellation">Looked at before every block of tiles.</param>
    /// <returns>(N, out, H, W), channels-last.</returns>
    public Tensor Run(Tensor input, CancellationToken cancellation) => Run([input], cancellation);

    /// <summary>Convolves maps joined along their channels, without making the joined map.</summary>
    /// <param name="inputs">Each (N, c, H, W) with c a multiple of 16; together <see cref="InChannels"/>.</param>
    /// <param name="cancellation">Looked at before every block of tiles.</param>
    /// <returns>(N, out, H, W), channels-last.</returns>
    public Tensor Run(ReadOnlySpan<Tensor> inputs, CancellationToken cancellation)
    {
        using var scope = TensorScope.Begin(cancellation);
        var maps = new JoinedMaps(inputs);
        if (maps.Channels != InChannels || !maps.IsInGroupsOf(ChannelGroup))
            throw new ArgumentException(
                $"expected {InChannels} channels in multiples of {ChannelGroup}, got {maps.Channels}", nameof(inputs));
        var (tiles, grid) = (maps.Tiles, maps.Tiles.Grid);
        var result = Tensor.Empty([tiles.Images, grid.Height, grid.Width, OutChannels]);
        TileBatch.InBlocks(
            0, tiles.Count, MostTiles(InChannels, OutChannels), RowGroup, TorchRuntime.Threads,
            (first, count, room) => RunBlock(maps, result, first, count, room), cancellation);
        return scope.MoveOut(result.Permute(0, 3, 1, 2));
    }

    // What lies between the steps should stay in the second-level cache (1 MB), but each block reads all weights once,
    // so where these are large more tiles must share the reading.
    private static int MostTiles(int inChannels, int outChannels)
    {
        const int cache = 1 << 20;
        var fitting = cache / (WinogradTransforms.Points * sizeof(float) * (inChannels + outChannels)) / RowGroup
            * RowGroup;
        var weights = WinogradTransforms.Points * sizeof(float) * inChannels * outChannels;
        return Math.Clamp(fitting, weights > cache ? 8 * RowGroup : 2 * RowGroup, 16 * RowGroup);
    }

    private void RunBlock(JoinedMaps maps, Tensor output, int first, int count, int rows)
    {
        var (inStride, outStride) = (MatrixProduct.Stride(InChannels), MatrixProduct.Stride(OutChannels));
        // As with rows, points must not lie a power of two apart.
        var (inStep, outStep) = (MatrixProduct.Stride(rows * inStride), MatrixProduct.Stride(rows * outStride));
        // Tensors, because their memory is kept and lies on huge pages: the transforms write to 36 places at once.
        using var scope = TensorScope.Begin();
        var transformed = Tensor.Empty([WinogradTransforms.Points * inStep]).AsSpan<float>();
        var products = Tensor.Empty([WinogradTransforms.Points * outStep]).AsSpan<float>();
        var weights = Weights.AsSpan<float>();
        // (36, rows, in)
        maps.Transform(_kernels, first, count, transformed, inStride, inStep);
        // (36, rows, in) x (36, in, out) = (36, rows, out)
        var used = _product.WholeRows(count);
        for (var point = 0; point < WinogradTransforms.Points; point++)
            _product.Multiply(
                transformed[(point * inStep)..], weights[(point * InChannels * OutChannels)..],
                products[(point * outStep)..], used, InChannels, OutChannels);
        foreach (var (image, tile, tiles, done) in maps.Tiles.Runs(first, count))
        {
            var pixels = output.Narrow(0, image, 1).AsSpan<float>();
            for (var i = 0; i < tiles; i++)
                _kernels.TransformOutput(
                    products[((done + i) * outStride)..], outStep, _bias, _relu, maps.Tiles.Grid, tile + i, OutChannels,
                    pixels);
        }
    }
}
