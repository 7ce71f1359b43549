namespace Rhytid.Imaging;

/// <summary>
/// Splits a connected skeleton into paths: the longest line through it first, then every branch, each as long as
/// possible. (The long-path decomposition of the tree of shortest ways from one end of the longest line.)
/// </summary>
public static class SkeletonPaths
{
    private static readonly (int X, int Y, float Length)[] Neighbors =
    [
        (1, 0, 1), (-1, 0, 1), (0, 1, 1), (0, -1, 1),
        (1, 1, MathF.Sqrt(2)), (1, -1, MathF.Sqrt(2)), (-1, 1, MathF.Sqrt(2)), (-1, -1, MathF.Sqrt(2)),
    ];

    /// <summary>The paths; a branch begins with the pixel of the line that it leaves.</summary>
    /// <param name="skeleton">Columns and rows of a connected line of one pixel's width, in any order.</param>
    /// <returns>None for an empty skeleton.</returns>
    public static IReadOnlyList<IReadOnlyList<(int X, int Y)>> Trace(IReadOnlyList<(int X, int Y)> skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        if (skeleton.Count == 0)
            return [];
        var index = new Dictionary<(int, int), int>(skeleton.Count);
        for (var i = 0; i < skeleton.Count; i++)
            index[skeleton[i]] = i;

        var end = ShortestWays(skeleton, index, 0).Order[^1];
        var (order, parent, distance) = ShortestWays(skeleton, index, end);

        // From the far ends inward: how deep does the tree go below each pixel, and through which child?
        var depth = new float[skeleton.Count];
        var deepest = new int[skeleton.Count];
        Array.Fill(deepest, -1);
        for (var i = order.Count - 1; i > 0; i--)
        {
            var (node, above) = (order[i], parent[order[i]]);
            var below = depth[node] + distance[node] - distance[above];
            if (deepest[above] < 0 || below > depth[above])
                (depth[above], deepest[above]) = (below, node);
        }

        var paths = new List<IReadOnlyList<(int X, int Y)>> { Down(end) };
        var branches = order.Skip(1)
            .Where(node => deepest[parent[node]] != node)
            .OrderByDescending(node => depth[node]);
        foreach (var node in branches)
        {
            var path = Down(node);
            path.Insert(0, skeleton[parent[node]]);
            paths.Add(path);
        }
        return paths;

        List<(int X, int Y)> Down(int node)
        {
            var path = new List<(int X, int Y)>();
            for (; node >= 0; node = deepest[node])
                path.Add(skeleton[node]);
            return path;
        }
    }

    // Dijkstra over the pixels; Order lists those reached by growing distance.
    private static (List<int> Order, int[] Parent, float[] Distance) ShortestWays(
        IReadOnlyList<(int X, int Y)> skeleton, Dictionary<(int, int), int> index, int start)
    {
        var distance = new float[skeleton.Count];
        Array.Fill(distance, float.PositiveInfinity);
        var parent = new int[skeleton.Count];
        var order = new List<int>(skeleton.Count);
        var done = new bool[skeleton.Count];
        var queue = new PriorityQueue<int, float>();
        distance[start] = 0;
        parent[start] = start;
        queue.Enqueue(start, 0);
        while (queue.TryDequeue(out var node, out _))
        {
            if (done[node])
                continue;
            done[node] = true;
            order.Add(node);
            var (x, y) = skeleton[node];
            foreach (var (dx, dy, step) in Neighbors)
            {
                if (!index.TryGetValue((x + dx, y + dy), out var next) || distance[node] + step >= distance[next])
                    continue;
                distance[next] = distance[node] + step;
                parent[next] = node;
                queue.Enqueue(next, distance[next]);
            }
        }
        return (order, parent, distance);
    }
}
