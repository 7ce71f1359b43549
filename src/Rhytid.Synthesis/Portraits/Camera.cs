using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Turns light into the picture a camera stores: the lens's slight blur, exposure, noise, eight bits.
/// </summary>
internal static class Camera
{
    // What a good lens does, in pixels at a side of 1024.
    private const float LensBlur = 0.55f;

    public static Image Develop(Canvas canvas, Person person)
    {
        var size = canvas.Size;
        var planes = new Plane<float>[] { new(size, size), new(size, size), new(size, size) };
        canvas.ForRows(y =>
        {
            for (var x = 0; x < size; x++)
            {
                var light = canvas[x, y];
                (planes[0][x, y], planes[1][x, y], planes[2][x, y]) = (light.X, light.Y, light.Z);
            }
        });
        for (var channel = 0; channel < 3; channel++)
            planes[channel] = planes[channel].GaussianBlur(Math.Max(0.35, LensBlur * size / 1024));

        var image = new Image(size, size);
        canvas.ForRows(y =>
        {
            for (var x = 0; x < size; x++)
            {
                // Corners of a lens get less light.
                var fromMiddle = (new Vector2(x + 0.5f, y + 0.5f) / size) - new Vector2(0.5f);
                var vignette = 1 - (0.22f * fromMiddle.LengthSquared());
                // Grain is mostly grey, with a little colour of its own.
                var grain = Grain(x, y, person.Seed);
                for (var channel = 0; channel < 3; channel++)
                {
                    var code = 255 * LinearColor.Develop(planes[channel][x, y] * vignette);
                    var noise = person.SensorNoise * ((0.8f * grain) + (0.6f * Grain(x, y, person.Seed + 1 + channel)));
                    image.Row(y)[(3 * x) + channel] = (byte)Math.Clamp(MathF.Round(code + noise), 0, 255);
                }
            }
        });
        return image;
    }

    // The sum of three uniforms, scaled to deviation 1.
    private static float Grain(int x, int y, int seed) =>
        2 * (Noise.White(x, y, seed + 201) + Noise.White(x, y, seed + 301) + Noise.White(x, y, seed + 401) - 1.5f);
}
