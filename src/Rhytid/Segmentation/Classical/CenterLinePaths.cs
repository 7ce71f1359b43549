using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Ordered pixels of thinned lines.</summary>
internal static class CenterLinePaths
{
    /// <summary>
    /// For every connected line its longest path, ordered by the lines' labels; side branches are left out.
    /// </summary>
    public static IEnumerable<IReadOnlyList<(int X, int Y)>> Longest(Mask centers)
    {
        var (labels, components) = centers.Components();
        foreach (var component in components)
        {
            var pixels = new List<(int X, int Y)>(component.Area);
            for (var y = component.Bounds.Top; y < component.Bounds.Bottom; y++)
                for (var x = component.Bounds.Left; x < component.Bounds.Right; x++)
                    if (labels[x, y] == component.Label)
                        pixels.Add((x, y));
            yield return SkeletonPaths.Trace(pixels)[0];
        }
    }
}
