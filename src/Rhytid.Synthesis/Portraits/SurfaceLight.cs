using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// What lamps do to a height field: slopes, the shadows it throws on itself, the light its hollows lose, and the light
/// that skin carries sideways below its surface.
/// </summary>
internal static class SurfaceLight
{
    /// <summary>Direction that the surface faces at a pixel.</summary>
    public static Vector3 Normal(Plane<float> height, int x, int y, float scale)
    {
        var (left, right) = (Math.Max(x - 1, 0), Math.Min(x + 1, height.Width - 1));
        var (up, down) = (Math.Max(y - 1, 0), Math.Min(y + 1, height.Height - 1));
        var dx = (height[right, y] - height[left, y]) * scale / (right - left);
        var dy = (height[x, down] - height[x, up]) * scale / (down - up);
        return Vector3.Normalize(new Vector3(-dx, -dy, 1));
    }

    /// <summary>
    /// 1 where a point sees all around it, towards 0 in hollows: the height against its surroundings, near and wide.
    /// </summary>
    public static Plane<float> Openness(Plane<float> height, float scale)
    {
        var (halfWidth, halfHeight) = (height.Width / 2, height.Height / 2);
        var small = height.Resize(halfWidth, halfHeight);
        var near = small.GaussianBlur(0.035 * scale);
        var smaller = height.Resize(height.Width / 4, height.Height / 4);
        var wide = smaller.GaussianBlur(0.05 * scale).Resize(halfWidth, halfHeight);
        var open = new Plane<float>(halfWidth, halfHeight);
        for (var i = 0; i < open.Samples.Length; i++)
        {
            var z = small.Samples[i];
            var loss = (5.5f * MathF.Max(0, near.Samples[i] - z)) + (2.6f * MathF.Max(0, wide.Samples[i] - z));
            open.Samples[i] = 1 / (1 + (loss * (1 + loss)));
        }
        return open.Resize(height.Width, height.Height);
    }

    /// <summary>
    /// 1 where the key light reaches the surface, 0 in full shadow, with soft edges: a lamp is no point.
    /// </summary>
    public static Plane<float> Lit(Plane<float> height, Vector3 light, float scale)
    {
        const int Steps = 40;
        const float Reach = 0.75f, Softness = 0.24f;
        var size = height.Width / 2;
        var half = height.Resize(size, size);
        var lit = new Plane<float>(size, size);
        var flat = new Vector2(light.X, light.Y);
        var climb = light.Z / flat.Length();
        var direction = Vector2.Normalize(flat);
        Parallel.For(0, size, y =>
        {
            for (var x = 0; x < size; x++)
            {
                var from = half[x, y];
                if (from < -0.5f)
                    continue;
                var clear = 1f;
                for (var step = 1; step <= Steps; step++)
                {
                    // Steps grow with the distance: near walls matter most.
                    var along = Reach * step * step / (Steps * Steps);
                    var (px, py) = (x + (direction.X * along * scale / 2), y + (direction.Y * along * scale / 2));
                    if (px < 1 || py < 1 || px >= size - 2 || py >= size - 2)
                        break;
                    var above = from + (along * climb) + 0.012f - Sample(half, px, py);
                    clear = MathF.Min(clear, 0.5f + (above / (Softness * (along + 0.06f))));
                    if (clear <= 0)
                        break;
                }
                lit[x, y] = Curves.Mix(0.12f, 1, Curves.Step(0, 1, clear));
            }
        });
        return lit.GaussianBlur(0.008 * scale).Resize(height.Width, height.Height);
    }

    /// <summary>
    /// Skin is not paper: light enters, wanders and leaves elsewhere, red the farthest. A blur of the received light
    /// per colour is the usual screen-space stand-in (Borshukov and Lewis, 2003).
    /// </summary>
    public static Plane<float>[] Scatter(Plane<float>[] light, float scale)
    {
        ReadOnlySpan<double> reach = [0.024, 0.011, 0.006];
        ReadOnlySpan<float> share = [0.62f, 0.5f, 0.42f];
        var scattered = new Plane<float>[3];
        for (var channel = 0; channel < 3; channel++)
        {
            var blurred = light[channel].GaussianBlur(reach[channel] * scale);
            for (var i = 0; i < blurred.Samples.Length; i++)
                blurred.Samples[i] = Curves.Mix(light[channel].Samples[i], blurred.Samples[i], share[channel]);
            scattered[channel] = blurred;
        }
        return scattered;
    }

    private static float Sample(Plane<float> plane, float x, float y)
    {
        var (ix, iy) = ((int)x, (int)y);
        var (fx, fy) = (x - ix, y - iy);
        return Curves.Mix(
            Curves.Mix(plane[ix, iy], plane[ix + 1, iy], fx),
            Curves.Mix(plane[ix, iy + 1], plane[ix + 1, iy + 1], fx), fy);
    }
}
