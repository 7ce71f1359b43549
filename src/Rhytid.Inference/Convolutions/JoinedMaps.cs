using Rhytid.Inference.Kernels;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Convolutions;

/// <summary>Maps that lie beside one another along the channels, read as one without being joined in memory.</summary>
internal readonly struct JoinedMaps
{
    private readonly FeatureMap[] _maps;

    /// <summary>Reads maps of one size.</summary>
    public JoinedMaps(FeatureMap[] maps)
    {
        _maps = maps;
        foreach (var map in maps)
            Channels += map.Channels;
        Tiles = new TileBatch(maps[0].Images, new TileGrid(maps[0].Height, maps[0].Width));
    }

    /// <summary>Channels of all maps together.</summary>
    public int Channels { get; }

    /// <summary>The tiles of all images.</summary>
    public TileBatch Tiles { get; }

    /// <summary>Whether the channels of every map are a multiple of a number.</summary>
    public bool IsInGroupsOf(int size) => Array.TrueForAll(_maps, map => map.Channels % size == 0);

    /// <summary>Transforms a row of tiles to 36 numbers per channel.</summary>
    /// <param name="kernels">What computes.</param>
    /// <param name="first">First tile.</param>
    /// <param name="count">Number of tiles.</param>
    /// <param name="target">The first tile's row of the first point.</param>
    /// <param name="stride">From one tile to the next.</param>
    /// <param name="step">From one point to the next.</param>
    public void Transform(VectorKernels kernels, int first, int count, Span<float> target, int stride, int step)
    {
        var before = 0;
        foreach (var map in _maps)
        {
            foreach (var (image, tile, tiles, done) in Tiles.Runs(first, count))
            {
                var pixels = map.Image(image);
                for (var i = 0; i < tiles; i++)
                    kernels.TransformInput(
                        pixels, Tiles.Grid, tile + i, map.Channels, target[((done + i) * stride + before)..], step);
            }
            before += map.Channels;
        }
    }
}
