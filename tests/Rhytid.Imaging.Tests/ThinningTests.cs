namespace Rhytid.Imaging.Tests;

/// <summary>Thinning beside Guo and Hall's algorithm (1989) on the whole picture, pixel by pixel.</summary>
public sealed class ThinningTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Components_within_each_others_rectangles_and_at_the_edge_thin_as_the_whole_picture_does(int seed)
    {
        const int Width = 160, Height = 120;
        var random = new Random(seed);
        var mask = new Mask(Width, Height);
        // Rings, so that rectangles hold other components, and discs that the picture's edge cuts.
        for (var i = 0; i < 14; i++)
        {
            var (cx, cy, outer) = (random.Next(Width), random.Next(Height), random.Next(2, 18));
            var inner = random.Next(2) == 0 ? 0 : Math.Max(0, outer - random.Next(2, 6));
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                {
                    var square = ((x - cx) * (x - cx)) + ((y - cy) * (y - cy));
                    if (square <= outer * outer)
                        mask[x, y] = square >= inner * inner;
                }
        }
        Assert.InRange(mask.Components().Components.Count, 2, 100);

        Assert.Equal(Thinned(mask).Samples.ToArray(), mask.Thin().Samples.ToArray());
    }

    private static Mask Thinned(Mask mask)
    {
        var thinned = mask.Clone();
        bool changed;
        do
        {
            changed = false;
            for (var pass = 0; pass < 2; pass++)
            {
                var before = thinned.Clone();
                for (var y = 1; y < mask.Height - 1; y++)
                    for (var x = 1; x < mask.Width - 1; x++)
                        if (before[x, y] && IsRemoved(before, x, y, pass))
                            (thinned[x, y], changed) = (false, true);
            }
        }
        while (changed);
        return thinned;
    }

    // Neighbours clockwise from the one above.
    private static bool IsRemoved(Mask mask, int x, int y, int pass)
    {
        var (n, ne, e, se) = (mask[x, y - 1], mask[x + 1, y - 1], mask[x + 1, y], mask[x + 1, y + 1]);
        var (s, sw, w, nw) = (mask[x, y + 1], mask[x - 1, y + 1], mask[x - 1, y], mask[x - 1, y - 1]);
        var parts = Count(!n && (ne || e), !e && (se || s), !s && (sw || w), !w && (nw || n));
        var neighbours = Math.Min(Count(nw || n, ne || e, se || s, sw || w), Count(n || ne, e || se, s || sw, w || nw));
        var keeps = pass == 0 ? (s || sw || !nw) && w : (n || ne || !se) && e;
        return parts == 1 && (neighbours is 2 or 3) && !keeps;
    }

    private static int Count(params bool[] values) => values.Count(value => value);
}
