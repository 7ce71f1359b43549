using System.Runtime.CompilerServices;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Gradient noise (Perlin, 2002) in two dimensions; values lie in about -1..1. Stateless, so any thread may ask for any
/// point.
/// </summary>
internal static class Noise
{
    /// <summary>One octave; features are about one unit wide.</summary>
    public static float At(float x, float y, int seed)
    {
        var left = MathF.Floor(x);
        var top = MathF.Floor(y);
        var (fx, fy) = (x - left, y - top);
        var (ix, iy) = ((int)left, (int)top);
        var (sx, sy) = (Fade(fx), Fade(fy));
        var upper = Lerp(Gradient(ix, iy, seed, fx, fy), Gradient(ix + 1, iy, seed, fx - 1, fy), sx);
        var lower = Lerp(Gradient(ix, iy + 1, seed, fx, fy - 1), Gradient(ix + 1, iy + 1, seed, fx - 1, fy - 1), sx);
        return Lerp(upper, lower, sy);
    }

    /// <summary>Octaves of halving size and strength.</summary>
    public static float Fractal(float x, float y, int seed, int octaves)
    {
        var (sum, strength) = (0f, 1f);
        for (var octave = 0; octave < octaves; octave++)
        {
            sum += strength * At(x, y, seed + octave);
            (x, y, strength) = ((x * 2.03f) + 17.1f, (y * 2.03f) - 9.7f, strength * 0.5f);
        }
        return sum;
    }

    /// <summary>
    /// Distance to the nearest of points strewn one per cell (Worley, 1996), 0 at a point: round dots, such as pores.
    /// </summary>
    public static float Cellular(float x, float y, int seed)
    {
        var (ix, iy) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var nearest = 4f;
        for (var cy = iy - 1; cy <= iy + 1; cy++)
        {
            for (var cx = ix - 1; cx <= ix + 1; cx++)
            {
                var hash = Hash(cx, cy, seed);
                var dx = cx + ((hash & 0xFFFF) / 65536f) - x;
                var dy = cy + ((hash >> 16) / 65536f) - y;
                nearest = MathF.Min(nearest, (dx * dx) + (dy * dy));
            }
        }
        return MathF.Sqrt(nearest);
    }

    /// <summary>White noise, uniform in [0, 1).</summary>
    public static float White(int x, int y, int seed) => (Hash(x, y, seed) >> 8) * (1f / (1 << 24));

    private static float Gradient(int x, int y, int seed, float dx, float dy) => (Hash(x, y, seed) & 7) switch
    {
        0 => dx + dy,
        1 => dx - dy,
        2 => dy - dx,
        3 => -dx - dy,
        4 => 1.4142f * dx,
        5 => -1.4142f * dx,
        6 => 1.4142f * dy,
        _ => -1.4142f * dy,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(int x, int y, int seed)
    {
        var hash = ((uint)x * 0x8DA6B343u) ^ ((uint)y * 0xD8163841u) ^ ((uint)seed * 0xCB1AB31Fu);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return hash ^ (hash >> 15);
    }

    private static float Fade(float t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private static float Lerp(float a, float b, float t) => a + ((b - a) * t);
}
