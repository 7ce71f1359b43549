using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Runs a network on a picture piece by piece.</summary>
internal static class Tiles
{
    /// <summary>
    /// Cuts the picture into overlapping tiles, runs each, and keeps of each the part that is nearest to it. Away from
    /// the seams by more than the network's field of view the result is that of the whole picture. (Networks that look
    /// at the whole picture at once, by global attention or instance normalisation, see the tile instead.)
    /// </summary>
    /// <param name="images">(N, C, H, W); H and W are multiples of <paramref name="multiple"/>.</param>
    /// <param name="tile">Side of a tile in pixels, a multiple of <paramref name="multiple"/>.</param>
    /// <param name="overlap">Pixels that neighbours share at least; half belongs to each.</param>
    /// <param name="multiple">Where tiles may begin: the maps of a network halve the picture several times.</param>
    /// <param name="outChannels">Channels that <paramref name="run"/> returns.</param>
    /// <param name="run">(N, C, h, w) to (N, outChannels, h, w).</param>
    public static Tensor Run(
        Tensor images, int tile, int overlap, int multiple, int outChannels, Func<Tensor, Tensor> run)
    {
        var (height, width) = images.ImageSize();
        var result = Tensor.Empty([images.Size(0), outChannels, height, width]);
        var rows = Cut(height, tile, overlap, multiple);
        var columns = Cut(width, tile, overlap, multiple);
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                using var scope = TensorScope.Begin();
                var placement = new TilePlacement(
                    new TileAxis(row.Start, row.Length, height), new TileAxis(column.Start, column.Length, width));
                var piece =
                    placement.Run(
                        () => run(images.Narrow(2, row.Start, row.Length).Narrow(3, column.Start, column.Length)));
                var kept = piece.Narrow(2, row.KeepStart - row.Start, row.KeepLength)
                    .Narrow(3, column.KeepStart - column.Start, column.KeepLength);
                result.Narrow(2, row.KeepStart, row.KeepLength)
                    .Narrow(3, column.KeepStart, column.KeepLength)
                    .CopyFrom(kept);
            }
        }
        return result;
    }

    /// <summary>Intervals of one length that cover an axis, evenly spread, and the part that is kept of each.</summary>
    public static IReadOnlyList<TileInterval> Cut(long size, int tile, int overlap, int multiple)
    {
        if (size <= tile)
            return [new TileInterval(0, size, 0, size)];
        // Beginnings are rounded down, so tiles may have to stand that much closer.
        var step = Math.Max(multiple, (tile - overlap) / multiple * multiple);
        var count = (size - tile + step - 1) / step + 1;
        var starts = new long[count];
        for (var i = 0; i < count; i++)
            starts[i] = i == count - 1 ? size - tile : i * (size - tile) / (count - 1) / multiple * multiple;
        var intervals = new TileInterval[count];
        for (var i = 0; i < count; i++)
        {
            var from = i == 0 ? 0 : (starts[i] + starts[i - 1] + tile) / 2;
            var to = i == count - 1 ? size : (starts[i] + tile + starts[i + 1]) / 2;
            intervals[i] = new TileInterval(starts[i], tile, from, to - from);
        }
        return intervals;
    }
}

/// <summary>One tile along one axis, in pixels.</summary>
/// <param name="Start">First pixel that is computed.</param>
/// <param name="Length">Pixels that are computed.</param>
/// <param name="KeepStart">First pixel that is kept.</param>
/// <param name="KeepLength">Pixels that are kept.</param>
internal readonly record struct TileInterval(long Start, long Length, long KeepStart, long KeepLength);
