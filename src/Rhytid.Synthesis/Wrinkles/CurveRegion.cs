using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>Tells by place and direction to which region a drawn curve belongs.</summary>
internal static class CurveRegion
{
    /// <summary>The region, or null for a crease of the upper lid and for what lies on cheeks, jaw or neck.</summary>
    /// <param name="points">In face coordinates.</param>
    public static WrinkleRegion? Find(IReadOnlyList<Vector2> points)
    {
        var middle = points.Aggregate(Vector2.Zero, (sum, point) => sum + point) / points.Count;
        var (u, v) = (MathF.Abs(middle.X), middle.Y);
        var span = points[^1] - points[0];
        var upright = MathF.Abs(span.Y) > MathF.Abs(span.X);
        if (v < -0.36f)
            return u < 0.24f && v > -0.62f && upright
                ? WrinkleRegion.Glabella
                : v > -1.35f ? WrinkleRegion.Forehead : null;
        if (u < 0.24f)
            return v < 0.32f ? WrinkleRegion.Glabella : v is > 0.78f and < 1.35f ? WrinkleRegion.Perioral : null;
        if (u < 0.84f && v < 0.06f)
            return null;
        if (u >= 0.78f && v < 0.42f)
            return u < 1.25f ? WrinkleRegion.CrowsFeet : null;
        if (v < 0.46f)
            return WrinkleRegion.UnderEye;
        if (u > 0.8f)
            return null;
        if (v < 1.12f)
            return u < 0.42f && v > 0.8f ? WrinkleRegion.Perioral : WrinkleRegion.Nasolabial;
        return v < 1.62f && upright ? WrinkleRegion.Marionette : null;
    }
}
