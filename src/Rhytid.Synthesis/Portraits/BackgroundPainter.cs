using System.Numerics;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Paints what lies far behind and out of focus: a lit wall, sometimes with the soft shapes of a room.
/// </summary>
internal sealed class BackgroundPainter(Person person)
{
    private static readonly int[] Walls =
    [
        0x8E959C, 0xB9B4AB, 0x5D6A73, 0x7B8A7E, 0xA39382, 0x4C5058, 0xC9CBCC, 0x8B8F84
    ];

    private readonly record struct Shape(Vector2 Middle, Vector2 Half, float Softness, Vector3 Color, float Opacity);

    public void Paint(Canvas canvas)
    {
        var random = new SeededRandom(person.Seed, SeededRandom.Stream.Background);
        var wall = LinearColor.FromSrgb(Walls[random.Below(Walls.Length)]);
        var shapes = new List<Shape>();
        if (random.Chance(0.65f))
        {
            for (var i = 0; i < 6; i++)
            {
                var tint = new Vector3(random.Range(0.45f, 1.7f))
                    * new Vector3(random.Range(0.85f, 1.2f), 1, random.Range(0.8f, 1.15f));
                shapes.Add(new Shape(new Vector2(random.Range(-0.1f, 1.1f), random.Range(0, 1)),
                    new Vector2(random.Range(0.04f, 0.22f), random.Range(0.12f, 0.6f)),
                        random.Range(0.035f, 0.07f), wall * tint, random.Range(0.35f, 0.8f)));
            }
        }
        var glow = new Vector2(0.5f - (0.4f * MathF.Sign(person.LightDegrees)), random.Range(0.25f, 0.5f));
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f) / canvas.Size;
                var color = wall;
                foreach (var shape in shapes)
                    color = Vector3.Lerp(color, shape.Color, shape.Opacity * Cover(shape, p));
                // Light falls off across the wall.
                var fall = Mix(0.62f, 1.12f, MathF.Exp(-1.6f * Vector2.DistanceSquared(p, glow)));
                canvas[x, y] = color * fall * (1 + (0.03f * Noise.Fractal(p.X * 3, p.Y * 3, person.Seed + 101, 2)));
            }
        });
    }

    private static float Cover(Shape shape, Vector2 p)
    {
        var d = Vector2.Abs(p - shape.Middle) - shape.Half;
        return Step(shape.Softness, -shape.Softness, d.X) * Step(shape.Softness, -shape.Softness, d.Y);
    }
}
