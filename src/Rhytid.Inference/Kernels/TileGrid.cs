using System.Runtime.ExceptionServices;
using Rhytid.Inference.Layers;

namespace Rhytid.Inference.Kernels;

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

/// <summary>The tiles of several images of one size, image by image.</summary>
/// <param name="Images">Number of images.</param>
/// <param name="Grid">How each is cut.</param>
internal readonly record struct TileBatch(int Images, TileGrid Grid)
{
    public int Count => checked(Images * Grid.Count);

    /// <summary>Goes through tiles in blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="threads">How many blocks are worked on at once.</param>
    /// <param name="action">Called with a block's first tile and its number of tiles.</param>
    /// <param name="cancellation">Looked at before every block.</param>
    public static void InBlocks(
        Blocks blocks, int threads, Action<int, int> action, CancellationToken cancellation)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.For(0, blocks.Count, options, block =>
            {
                var (first, count) = blocks[block];
                action(first, count);
            });
        }
        catch (AggregateException e)
        {
            // Callers know the engine's own exceptions, not the wrapping of a loop.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>Cuts a row of tiles at the images' borders.</summary>
    public TileRuns Runs(int first, int count) => new(Grid.Count, first, count);
}

/// <summary>A row of tiles, image by image.</summary>
/// <param name="perImage">Tiles of an image.</param>
/// <param name="first">First tile.</param>
/// <param name="count">Number of tiles.</param>
internal struct TileRuns(int perImage, int first, int count)
{
    private int _done;

    /// <summary>Image, first tile in it, number of tiles, tiles of the row before it.</summary>
    public (int Image, int Tile, int Count, int Done) Current { get; private set; }

    public readonly TileRuns GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_done >= count)
            return false;
        var (image, tile) = Math.DivRem(first + _done, perImage);
        Current = (image, tile, Math.Min(perImage - tile, count - _done), _done);
        _done += Current.Count;
        return true;
    }
}
