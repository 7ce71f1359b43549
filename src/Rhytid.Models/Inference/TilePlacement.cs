namespace Rhytid.Models;

/// <summary>
/// Where the tile that this thread computes lies in the whole picture, for layers whose result depends on it.
/// </summary>
/// <remarks>
/// Bilinear enlargement with aligned corners stretches a map by (2n - 1) / (n - 1), which depends on the map's size n:
/// a tile must be stretched as the whole picture's map would be, or tiled and untiled results drift apart by up to half
/// a pixel.
/// </remarks>
/// <param name="Rows">The tile's rows.</param>
/// <param name="Columns">The tile's columns.</param>
internal sealed record TilePlacement(TileAxis Rows, TileAxis Columns)
{
    [ThreadStatic]
    private static TilePlacement? t_current;

    /// <summary>The placement of the tile in work; null for whole pictures.</summary>
    public static TilePlacement? Current => t_current;

    /// <summary>Runs a computation on a tile.</summary>
    public T Run<T>(Func<T> compute)
    {
        var before = t_current;
        t_current = this;
        try
        {
            return compute();
        }
        finally
        {
            t_current = before;
        }
    }
}

/// <summary>A tile along one axis, in pixels of the picture.</summary>
/// <param name="Start">Its first pixel.</param>
/// <param name="Length">Its pixels.</param>
/// <param name="Whole">The picture's pixels.</param>
internal readonly record struct TileAxis(long Start, long Length, long Whole);
