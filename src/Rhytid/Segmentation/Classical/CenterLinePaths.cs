using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Ordered pixels of thinned lines.</summary>
internal static class CenterLinePaths
{
    private static readonly (int X, int Y)[] Neighbours = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)];

    /// <summary>For every connected line the path between its two ends that lie farthest apart; side branches are left out.</summary>
    public static IEnumerable<IReadOnlyList<(int X, int Y)>> Longest(Mask centers)
    {
        var seen = new bool[centers.Width * centers.Height];
        for (var y = 0; y < centers.Height; y++)
        {
            for (var x = 0; x < centers.Width; x++)
            {
                if (!centers[x, y] || seen[(y * centers.Width) + x])
                    continue;
                // The point farthest from anywhere is an end of the longest path (exact where the line has no loop).
                var end = Sweep(centers, (x, y), seen)[^1];
                yield return Sweep(centers, end, seen);
            }
        }
    }

    // Breadth first from a start: the path to the pixel reached last.
    private static List<(int X, int Y)> Sweep(Mask centers, (int X, int Y) start, bool[] seen)
    {
        var from = new Dictionary<(int X, int Y), (int X, int Y)> { [start] = start };
        var pending = new Queue<(int X, int Y)>([start]);
        var last = start;
        while (pending.TryDequeue(out var at))
        {
            last = at;
            seen[(at.Y * centers.Width) + at.X] = true;
            foreach (var (dx, dy) in Neighbours)
            {
                var (x, y) = (at.X + dx, at.Y + dy);
                if (x >= 0 && y >= 0 && x < centers.Width && y < centers.Height && centers[x, y] && from.TryAdd((x, y), at))
                    pending.Enqueue((x, y));
            }
        }

        List<(int X, int Y)> path = [last];
        while (path[^1] != start)
            path.Add(from[path[^1]]);
        path.Reverse();
        return path;
    }
}
