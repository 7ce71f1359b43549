using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>The course of a wrinkle that somebody drew on a real face.</summary>
/// <param name="Region">Where it lies.</param>
/// <param name="Points">In face coordinates, about evenly spaced and smoothed.</param>
internal sealed record MaskCurve(WrinkleRegion Region, Vector2[] Points)
{
    public float Length { get; } = LengthOf(Points);

    private static float LengthOf(Vector2[] points)
    {
        var length = 0f;
        for (var i = 1; i < points.Length; i++)
            length += Vector2.Distance(points[i - 1], points[i]);
        return length;
    }
}
