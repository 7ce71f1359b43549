using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>A wrinkle as it was painted, in pixels of the photo (the first pixel's centre is (0.5, 0.5)).</summary>
/// <param name="Region">Where it lies.</param>
/// <param name="Source">Whose course it has: the name of a mask of real wrinkles, or <c>family</c> for a made-up
/// one.</param>
/// <param name="Points">Its course.</param>
/// <param name="WidthsPixels">Width of its dark valley at each point.</param>
/// <param name="Depths">Depth at each point, 0 = none to 1 = a deep fold.</param>
public sealed record PaintedWrinkle(
    WrinkleRegion Region, string Source, IReadOnlyList<Vector2> Points, IReadOnlyList<float> WidthsPixels,
    IReadOnlyList<float> Depths)
{
    private float[] _profiles = [];

    /// <summary>Depth at a point as a share of the line's own.</summary>
    internal float ProfileAt(int point) => _profiles[point];

    internal static PaintedWrinkle From(PlannedLine planned, FaceFrame frame)
    {
        var line = planned.Line;
        var points = Array.ConvertAll(line.Points, frame.ToPixel);
        var lengths = new float[points.Length];
        for (var i = 1; i < points.Length; i++)
            lengths[i] = lengths[i - 1] + Vector2.Distance(points[i - 1], points[i]);
        var profiles = Array.ConvertAll(lengths, length => line.ProfileAt(length / lengths[^1], length / frame.Scale));
        return new PaintedWrinkle(line.Region, planned.Source, points,
            Array.ConvertAll(profiles, profile => line.WidthAt(profile) * frame.Scale),
                Array.ConvertAll(profiles, profile => line.Depth * profile)) { _profiles = profiles };
    }
}
