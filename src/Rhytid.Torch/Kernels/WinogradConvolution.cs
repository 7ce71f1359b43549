using System.Runtime.ExceptionServices;

namespace Rhytid.Torch.Kernels;

/// <summary>
/// 3x3 convolution with stride 1 and padding 1 by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, 2016): a quarter
/// of the multiplications of the direct sum, in single precision, for channels-last images in the processor's memory.
/// </summary>
/// <remarks>
/// Each 4x4 tile of the output comes from a 6x6 tile of the input. The input tile is transformed to 36 numbers per channel, the
/// sum over channels becomes 36 matrix products, the result is transformed back. A block of tiles goes through all three
/// steps on one thread, so that what lies between them stays in its cache.
/// </remarks>
internal sealed class WinogradConvolution
{
    /// <summary>Channels come in multiples of this: whole vectors of every width, and cache lines.</summary>
    private const int ChannelGroup = 16;

    /// <summary>Tiles of a block are a multiple of this: a multiple of the rows that each of the kernels computes at once.</summary>
    private const int RowGroup = 12;

    private readonly VectorKernels _kernels;
    private readonly MatrixProduct _product;
    private readonly float[] _bias;
    private readonly bool _relu;

    /// <summary>Transforms a kernel once.</summary>
    /// <param name="weight">(out, in, 3, 3), row-major.</param>
    /// <param name="bias">(out), or empty for none.</param>
    /// <param name="inChannels">A multiple of 16.</param>
    /// <param name="outChannels">A multiple of 16.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="kernels">Unless given, those of this processor.</param>
    public WinogradConvolution(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int inChannels, int outChannels, bool relu, VectorKernels? kernels = null)
    {
        if (inChannels % ChannelGroup != 0 || outChannels % ChannelGroup != 0)
            throw new ArgumentException($"{inChannels} to {outChannels} channels do not fit this kernel");
        _kernels = kernels ?? VectorKernels.OfThisProcessor ?? throw new PlatformNotSupportedException("this processor has neither AVX-512 nor AVX2 with FMA");
        _product = new MatrixProduct(_kernels);
        InChannels = inChannels;
        OutChannels = outChannels;
        _relu = relu;
        var packed = WinogradTransforms.PackWeights(_product, weight, inChannels, outChannels);
        Weights = Tensor.From(packed, packed.Length).Keep();
        _bias = new float[outChannels];
        bias.CopyTo(_bias);
    }

    /// <summary>Channels read.</summary>
    public int InChannels { get; }

    /// <summary>Channels made.</summary>
    public int OutChannels { get; }

    /// <summary>The transformed kernel, for its owner to keep and to free.</summary>
    public Tensor Weights { get; }

    /// <summary>Whether this processor and these channels suit the kernel.</summary>
    /// <remarks>With fewer than 32 input channels the transforms cost more than the multiplications that they save (measured with AVX2).</remarks>
    public static bool Supports(int inChannels, int outChannels) =>
        VectorKernels.OfThisProcessor is not null && inChannels >= 32 && inChannels % ChannelGroup == 0 && outChannels % ChannelGroup == 0;

    /// <summary>Whether maps can be joined on the way: their channels are multiples of 16.</summary>
    public static bool CanJoin(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            if (input.Size(1) % ChannelGroup != 0)
                return false;
        return true;
    }

    /// <summary>Convolves.</summary>
    /// <param name="input">(N, in, H, W), Float32 on the processor; any memory order, channels-last without a copy.</param>
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
        var pixels = new Tensor[inputs.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = inputs[i].Permute(0, 2, 3, 1).Contiguous(); // (N, H, W, c)
        var channels = Array.ConvertAll(pixels, part => (int)part.Size(3));
        if (channels.Sum() != InChannels || Array.Exists(channels, count => count % ChannelGroup != 0))
            throw new ArgumentException($"expected {InChannels} channels in multiples of {ChannelGroup}, got {string.Join(" + ", channels)}", nameof(inputs));
        var shape = pixels[0].Shape;
        var (height, width) = ((int)shape[1], (int)shape[2]);
        var result = Tensor.Empty([shape[0], height, width, OutChannels]);
        for (var image = 0; image < shape[0]; image++)
            RunImage(Array.ConvertAll(pixels, part => part.Narrow(0, image, 1)), channels, result.Narrow(0, image, 1), new TileGrid(height, width), cancellation);
        return scope.MoveOut(result.Permute(0, 3, 1, 2));
    }

    private void RunImage(Tensor[] inputs, int[] channels, Tensor output, TileGrid grid, CancellationToken cancellation)
    {
        var threads = TorchRuntime.Threads;
        var most = MostTiles(InChannels, OutChannels);
        var blocks = Math.Max(1, (grid.Count + most - 1) / most);
        // A multiple of the threads, so that none waits at the end, while there are row groups enough to share.
        blocks = Math.Min((blocks + threads - 1) / threads * threads, (grid.Count + RowGroup - 1) / RowGroup);
        var tilesPerBlock = ((grid.Count + blocks - 1) / blocks + RowGroup - 1) / RowGroup * RowGroup;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, (grid.Count + tilesPerBlock - 1) / tilesPerBlock, options, block =>
            {
                var first = block * tilesPerBlock;
                RunBlock(inputs, channels, output.AsSpan<float>(), grid, first, Math.Min(tilesPerBlock, grid.Count - first), tilesPerBlock);
            });
        }
        catch (AggregateException e)
        {
            // Callers know the engine's own exceptions, not the wrapping of a loop.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    // What lies between the steps should stay in the second-level cache (1 MB), but each block reads all weights once, so
    // where these are large more tiles must share the reading.
    private static int MostTiles(int inChannels, int outChannels)
    {
        const int cache = 1 << 20;
        var fitting = cache / (WinogradTransforms.Points * sizeof(float) * (inChannels + outChannels)) / RowGroup * RowGroup;
        var weights = WinogradTransforms.Points * sizeof(float) * inChannels * outChannels;
        return Math.Clamp(fitting, weights > cache ? 8 * RowGroup : 2 * RowGroup, 16 * RowGroup);
    }

    private void RunBlock(Tensor[] inputs, int[] channels, Span<float> output, TileGrid grid, int first, int count, int rows)
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
        var before = 0;
        for (var part = 0; part < inputs.Length; part++)
        {
            var input = inputs[part].AsSpan<float>();
            for (var i = 0; i < count; i++)
                _kernels.TransformInput(input, grid, first + i, channels[part], transformed[(i * inStride + before)..], inStep);
            before += channels[part];
        }
        // (36, rows, in) x (36, in, out) = (36, rows, out)
        var used = (count + _kernels.Rows - 1) / _kernels.Rows * _kernels.Rows;
        for (var point = 0; point < WinogradTransforms.Points; point++)
            _product.Multiply(
                transformed[(point * inStep)..], weights[(point * InChannels * OutChannels)..],
                products[(point * outStep)..], used, InChannels, OutChannels);
        for (var i = 0; i < count; i++)
            _kernels.TransformOutput(products[(i * outStride)..], outStep, _bias, _relu, grid, first + i, OutChannels, output);
    }
}

/// <summary>An image cut into 4x4 tiles, row by row.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
internal readonly record struct TileGrid(int Height, int Width)
{
    public int Across => (Width + 3) / 4;

    public int Count => (Height + 3) / 4 * Across;

    /// <summary>First row and column of a tile.</summary>
    public (int Row, int Column) Locate(int tile)
    {
        var (row, column) = Math.DivRem(tile, Across);
        return (row * 4, column * 4);
    }
}
