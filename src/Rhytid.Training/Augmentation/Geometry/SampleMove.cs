using System.Drawing;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>The geometric operations that were drawn for one sample.</summary>
internal sealed class SampleMove
{
    // Places that are looked at first where a pixel is searched for; smooth operations keep neighbours together.
    private const int Step = 8;

    // Where pictures shrink to half their size, neighbours of a result come from 2 pixels apart.
    private const float Near = 2;

    private readonly List<Warp> _warps = [];
    private readonly Rectangle _picture;
    private readonly Lazy<(float[] X, float[] Y)> _lattice;

    private SampleMove(Size2 size)
    {
        _picture = new Rectangle(0, 0, (int)size.Width, (int)size.Height);
        _lattice = new Lazy<(float[] X, float[] Y)>(FollowLattice);
    }

    /// <summary>Whether left and right changed places.</summary>
    public bool IsFlipped { get; private set; }

    private int Columns => (_picture.Width + Step - 1) / Step;

    /// <summary>Draws which operations happen to a sample, and how.</summary>
    public static SampleMove Draw(IReadOnlyList<GeometricOperation> operations, AugmentationSeed seed, Size2 size)
    {
        var move = new SampleMove(size);
        foreach (var operation in operations)
        {
            var random = seed.For(operation.Name);
            if (!operation.Happens(ref random))
                continue;
            move._warps.Add(operation.Draw(ref random, size));
            move.IsFlipped |= operation is HorizontalFlip;
        }
        return move;
    }

    /// <summary>Where the pixels of a part of the result come from.</summary>
    public SamplingGrid Grid(Rectangle window) => SamplingGrid.Compose(_warps, window);

    /// <summary>
    /// Where a pixel of the picture is in the result, to within a pixel or so; null where it left the picture.
    /// </summary>
    public Point? Find(Point source)
    {
        if (_warps.Count == 0)
            return source;
        var (x, y) = _lattice.Value;
        var (nearest, _) = Nearest(x, y, source);
        var (left, top) = (nearest % Columns * Step, nearest / Columns * Step);
        var window = Rectangle.Intersect(
            new Rectangle(left - Step, top - Step, (2 * Step) + 1, (2 * Step) + 1), _picture);
        var (found, least) = (default(Point), float.PositiveInfinity);
        var grid = Grid(window);
        for (var row = window.Top; row < window.Bottom; row++)
            if (Nearest(grid.X(row), grid.Y(row), source) is var (column, distance) && distance < least)
                (found, least) = (new Point(window.Left + column, row), distance);
        return least <= Near * Near ? found : null;
    }

    private static (int Place, float Squared) Nearest(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Point source)
    {
        var (place, least) = (0, float.PositiveInfinity);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - source.X, y[i] - source.Y);
            if ((dx * dx) + (dy * dy) is var squared && squared < least)
                (place, least) = (i, squared);
        }
        return (place, least);
    }

    private (float[] X, float[] Y) FollowLattice()
    {
        var rows = (_picture.Height + Step - 1) / Step;
        var (x, y) = (new float[Columns * rows], new float[Columns * rows]);
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = (i % Columns * Step, i / Columns * Step);
        SamplingGrid.Follow(_warps, x, y);
        return (x, y);
    }
}
