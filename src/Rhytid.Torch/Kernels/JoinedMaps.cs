using Rhytid.Inference.Kernels;

namespace Rhytid.Torch.Kernels;

/// <summary>Maps that lie beside one another along the channels, read as one without being joined in memory.</summary>
internal sealed class JoinedMaps
{
    private readonly Tensor[] _pixels;
    private readonly int[] _channels;

    /// <summary>Reads maps; the memory belongs to the current scope.</summary>
    /// <param name="maps">Each (N, c, H, W), Float32 on the processor; channels-last without a copy.</param>
    public JoinedMaps(ReadOnlySpan<Tensor> maps)
    {
        _pixels = new Tensor[maps.Length];
        for (var i = 0; i < maps.Length; i++)
            _pixels[i] = maps[i].Permute(0, 2, 3, 1).Contiguous(); // (N, H, W, c)
        _channels = Array.ConvertAll(_pixels, part => (int)part.Size(3));
        Channels = _channels.Sum();
        var shape = _pixels[0].Shape;
        Tiles = new TileBatch((int)shape[0], new TileGrid((int)shape[1], (int)shape[2]));
    }

    /// <summary>Channels of all maps together.</summary>
    public int Channels { get; }

    /// <summary>The tiles of all images.</summary>
    public TileBatch Tiles { get; }

    /// <summary>Whether the channels of every map are a multiple of a number.</summary>
    public bool IsInGroupsOf(int size) => Array.TrueForAll(_channels, count => count % size == 0);

    /// <summary>Transforms a row of tiles to 36 numbers per channel.</summary>
    /// <param name="kernels">What computes.</param>
    /// <param name="first">First tile.</param>
    /// <param name="count">Number of tiles.</param>
    /// <param name="target">The first tile's row of the first point.</param>
    /// <param name="stride">From one tile to the next.</param>
    /// <param name="step">From one point to the next.</param>
    public void Transform(VectorKernels kernels, int first, int count, Span<float> target, int stride, int step)
    {
        using var scope = TensorScope.Begin();
        var before = 0;
        for (var part = 0; part < _pixels.Length; part++)
        {
            foreach (var (image, tile, tiles, done) in Tiles.Runs(first, count))
            {
                var pixels = _pixels[part].Narrow(0, image, 1).AsSpan<float>();
                for (var i = 0; i < tiles; i++)
                    kernels.TransformInput(
                        pixels, Tiles.Grid, tile + i, _channels[part], target[((done + i) * stride + before)..], step);
            }
            before += _channels[part];
        }
    }
}
