using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>
/// Grows seeds along their own direction, within a support, onto pixels of nearly the same direction.
/// </summary>
/// <remarks>
/// The same as dilating with a line element per orientation and intersecting until nothing changes, but every pixel is
/// visited once. Unlike plain hysteresis it does not run around a corner or along a beard's tangle.
/// </remarks>
internal sealed class OrientedReconstruction
{
    private readonly (int X, int Y)[][] _elements;

    /// <param name="orientations">Number of orientations; orientation k's line runs along 180 k / n + 90
    /// degrees.</param>
    /// <param name="elementLengthPixels">Length of the line element.</param>
    public OrientedReconstruction(int orientations, int elementLengthPixels)
    {
        var reach = elementLengthPixels / 2;
        _elements = new (int, int)[orientations][];
        for (var k = 0; k < orientations; k++)
        {
            var (sin, cos) = Math.SinCos((Math.PI * k / orientations) + (Math.PI / 2));
            // Half-pixel steps leave no gaps.
            _elements[k] = [.. Enumerable.Range(-2 * reach, (4 * reach) + 1)
                .Select(i => ((int)Math.Round(i * cos / 2), (int)Math.Round(i * sin / 2)))
                .Distinct()];
        }
    }

    public Mask Grow(Mask seeds, Mask support, Plane<byte> orientation)
    {
        var result = seeds.And(support);
        var pending = new Queue<(int X, int Y)>();
        for (var y = 0; y < result.Height; y++)
            for (var x = 0; x < result.Width; x++)
                if (result[x, y])
                    pending.Enqueue((x, y));

        while (pending.TryDequeue(out var at))
        {
            var own = orientation[at.X, at.Y];
            foreach (var (dx, dy) in _elements[own])
            {
                var (x, y) = (at.X + dx, at.Y + dy);
                if (x < 0 || y < 0 || x >= result.Width || y >= result.Height || result[x, y] || !support[x, y])
                    continue;
                if (Steps(own, orientation[x, y]) > 1)
                    continue;
                result[x, y] = true;
                pending.Enqueue((x, y));
            }
        }
        return result;
    }

    private int Steps(int a, int b)
    {
        var apart = Math.Abs(a - b);
        return Math.Min(apart, _elements.Length - apart);
    }
}
