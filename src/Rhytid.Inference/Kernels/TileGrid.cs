using System.Runtime.ExceptionServices;

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

    /// <summary>Goes through a row of tiles in blocks.</summary>
    /// <param name="start">First tile.</param>
    /// <param name="total">Number of tiles.</param>
    /// <param name="most">Tiles of a block, at most; a multiple of the group.</param>
    /// <param name="group">The room of a block is a multiple of this.</param>
    /// <param name="threads">How many blocks are worked on at once.</param>
    /// <param name="action">Called with a block's first tile, its number of tiles and the room for tiles that every
    /// block has.</param>
    /// <param name="cancellation">Looked at before every block.</param>
    public static void InBlocks(
        int start, int total, int most, int group, int threads, Action<int, int, int> action,
        CancellationToken cancellation)
    {
        var blocks = Math.Max(1, (total + most - 1) / most);
        // A multiple of the threads, so that none waits at the end, while there are groups enough to share.
        blocks = Math.Min((blocks + threads - 1) / threads * threads, (total + group - 1) / group);
        var room = ((total + blocks - 1) / blocks + group - 1) / group * group;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            Parallel.For(0, (total + room - 1) / room, options, block =>
            {
                var first = block * room;
                action(start + first, Math.Min(room, total - first), room);
            });
        }
        catch (AggregateException e)
        {
            // Callers know the engine's own exceptions, not the wrapping of a loop.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>
    /// Cuts a row of tiles at the images' borders: image, first tile in it, number of tiles, tiles of the row before
    /// it.
    /// </summary>
    public IEnumerable<(int Image, int Tile, int Count, int Done)> Runs(int first, int count)
    {
        for (var done = 0; done < count;)
        {
            var (image, tile) = Math.DivRem(first + done, Grid.Count);
            var tiles = Math.Min(Grid.Count - tile, count - done);
            yield return (image, tile, tiles, done);
            done += tiles;
        }
    }
}
