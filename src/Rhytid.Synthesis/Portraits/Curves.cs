using System.Numerics;
using System.Runtime.CompilerServices;

namespace Rhytid.Synthesis.Portraits;

/// <summary>The few shapes everything here is made of.</summary>
internal static class Curves
{
    /// <summary>
    /// 0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between; the bounds may be given falling.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Step(float from, float to, float x)
    {
        var t = Math.Clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>A Gaussian hill of height 1 at (0, 0) with the given radii; nothing beyond three radii.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Hill(float x, float y, float radiusX, float radiusY)
    {
        var (a, b) = (x / radiusX, y / radiusY);
        var squared = (a * a) + (b * b);
        return squared > 9 ? 0 : MathF.Exp(-squared);
    }

    /// <summary>A hill on either side of the midline.</summary>
    public static float Hills(float u, float v, float centerU, float centerV, float radiusU, float radiusV) =>
        Hill(u - centerU, v - centerV, radiusU, radiusV) + Hill(u + centerU, v - centerV, radiusU, radiusV);

    /// <summary>A Gaussian ridge of height 1 around 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Ridge(float x, float radius)
    {
        var a = x / radius;
        return a * a > 9 ? 0 : MathF.Exp(-a * a);
    }

    /// <summary>Between two values.</summary>
    public static float Mix(float a, float b, float t) => a + ((b - a) * t);

    /// <summary>
    /// A smooth line through points (Catmull and Rom, 1974), <paramref name="steps"/> points for every given pair.
    /// </summary>
    public static Vector2[] Spline(ReadOnlySpan<Vector2> points, int steps)
    {
        var line = new Vector2[((points.Length - 1) * steps) + 1];
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var before = points[Math.Max(i - 1, 0)];
            var after = points[Math.Min(i + 2, points.Length - 1)];
            for (var step = 0; step < steps; step++)
                line[(i * steps) + step] = CatmullRom(before, points[i], points[i + 1], after, (float)step / steps);
        }
        line[^1] = points[^1];
        return line;
    }

    private static Vector2 CatmullRom(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float t) =>
        0.5f * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t)
            + (((3 * b) - a - (3 * c) + d) * t * t * t));
}
