using Rhytid.Inference.Kernels;
using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Convolutions;

/// <summary>
/// 3x3 convolution with stride 1 and padding 1 by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, 2016): a
/// quarter of the multiplications of the direct sum, in single precision, for channels-last images.
/// </summary>
/// <remarks>
/// Each 4x4 tile of the output comes from a 6x6 tile of the input. The input tile is transformed to 36 numbers per
/// channel, the sum over channels becomes 36 matrix products, the result is transformed back. A block of tiles goes
/// through all three steps on one thread, so that what lies between them stays in its cache.
/// </remarks>
internal sealed unsafe class WinogradConvolution
{
    /// <summary>Channels come in multiples of this: whole vectors of every width, and cache lines.</summary>
    public const int ChannelGroup = 16;

    /// <summary>
    /// Tiles of a block are a multiple of this: a multiple of the rows that each of the kernels computes at once.
    /// </summary>
    private const int RowGroup = 12;

    private readonly VectorKernels _kernels;
    private readonly MatrixProduct _product;
    private readonly float* _weights;
    private readonly float[] _bias;
    private readonly bool _relu;

    /// <summary>Transforms a kernel once.</summary>
    /// <param name="weight">(out, in, 3, 3), both channels multiples of 16.</param>
    /// <param name="bias">(out).</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="inChannels">Channels read.</param>
    /// <param name="packed">Gets the transformed kernel, <see cref="PackedLength"/> numbers; the caller keeps it as
    /// long as the convolution.</param>
    /// <param name="threads">Threads that transform.</param>
    /// <param name="kernels">Unless given, those of this processor.</param>
    public WinogradConvolution(
        float* weight, float[] bias, bool relu, int inChannels, float* packed, int threads,
        VectorKernels? kernels = null)
    {
        (InChannels, OutChannels) = (inChannels, bias.Length);
        if (InChannels % ChannelGroup != 0 || OutChannels % ChannelGroup != 0)
            throw new ArgumentException($"{InChannels} to {OutChannels} channels do not fit this kernel");
        _kernels = kernels ?? VectorKernels.OfThisProcessor;
        _product = new MatrixProduct(_kernels);
        _weights = packed;
        (_bias, _relu) = (bias, relu);
        var blocks = OutChannels / WinogradTransforms.WeightBlock;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
            WinogradTransforms.PackWeights(
                _product, new ReadOnlySpan<float>(weight, InChannels * OutChannels * 9),
                new Span<float>(packed, PackedLength(InChannels, OutChannels)), InChannels, OutChannels,
                block * WinogradTransforms.WeightBlock));
    }

    /// <summary>Channels read.</summary>
    public int InChannels { get; }

    /// <summary>Channels made.</summary>
    public int OutChannels { get; }

    /// <summary>Whether these channels suit the kernel, and this processor makes it fast.</summary>
    /// <remarks>
    /// With fewer than 32 input channels the transforms cost more than the multiplications that they save (measured
    /// with AVX2).
    /// </remarks>
    public static bool Supports(int inChannels, int outChannels) =>
        VectorKernels.AreFast
            && inChannels >= 32
            && inChannels % ChannelGroup == 0
            && outChannels % ChannelGroup == 0;

    /// <summary>Numbers of a transformed kernel.</summary>
    public static int PackedLength(int inChannels, int outChannels) =>
        WinogradTransforms.Points * inChannels * outChannels;

    /// <summary>Convolves maps joined along their channels.</summary>
    /// <param name="maps">Of <see cref="InChannels"/> channels together, each a multiple of 16.</param>
    /// <param name="output">Of <see cref="OutChannels"/> channels; overwritten.</param>
    /// <param name="threads">Threads that work at once.</param>
    /// <param name="cancellation">Looked at before every block of tiles.</param>
    public void Run(JoinedMaps maps, FeatureMap output, int threads, CancellationToken cancellation)
    {
        if (maps.Channels != InChannels || !maps.IsInGroupsOf(ChannelGroup))
            throw new ArgumentException(
                $"expected {InChannels} channels in multiples of {ChannelGroup}, got {maps.Channels}", nameof(maps));
        TileBatch.InBlocks(
            BlocksFor(maps, threads), threads, (first, count) => RunTiles(maps, output, first, count), cancellation);
    }

    /// <summary>Blocks of tiles for threads.</summary>
    public Blocks BlocksFor(JoinedMaps maps, int threads) =>
        Blocks.OfGroups(maps.Tiles.Count, MostTiles(InChannels, OutChannels), RowGroup, threads);

    /// <summary>Computes a row of tiles.</summary>
    /// <param name="maps">What <see cref="Run"/> takes.</param>
    /// <param name="output">The tiles' pixels are overwritten.</param>
    /// <param name="first">First tile.</param>
    /// <param name="count">Number of tiles, of one block.</param>
    public void RunTiles(JoinedMaps maps, FeatureMap output, int first, int count)
    {
        var rows = (count + RowGroup - 1) / RowGroup * RowGroup;
        var (inStride, outStride) = (MatrixProduct.Stride(InChannels), MatrixProduct.Stride(OutChannels));
        // As with rows, points must not lie a power of two apart.
        var (inStep, outStep) = (MatrixProduct.Stride(rows * inStride), MatrixProduct.Stride(rows * outStride));
        var scratch = Scratch.OfThisThread(WinogradTransforms.Points * (inStep + outStep));
        var transformed = scratch[..(WinogradTransforms.Points * inStep)];
        var products = scratch[(WinogradTransforms.Points * inStep)..];
        var weights = new ReadOnlySpan<float>(_weights, PackedLength(InChannels, OutChannels));
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
            var pixels = output.Image(image);
            for (var i = 0; i < tiles; i++)
                _kernels.TransformOutput(
                    products[((done + i) * outStride)..], outStep, _bias, _relu, maps.Tiles.Grid, tile + i, OutChannels,
                    pixels);
        }
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
}
