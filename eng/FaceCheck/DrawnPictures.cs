using System.Numerics;
using Rhytid.Imaging;

namespace FaceCheck;

/// <summary>
/// Pictures without a face, drawn from a seed: hair, brick, cloth, noise, landscapes, heads seen from behind.
/// </summary>
internal static class DrawnPictures
{
    private const int Width = 800;
    private const int Height = 600;

    public static Image Draw(string kind, int seed)
    {
        var random = new Random(seed);
        return kind switch
        {
            "hair-straight" => Hair(random, wave: 0.01f, curl: 0),
            "hair-wavy" => Hair(random, wave: 0.12f, curl: 0),
            "hair-curly" => Hair(random, wave: 0.1f, curl: 14),
            "brick" => Brick(random),
            "weave" => Cloth(seed, knit: false),
            "knit" => Cloth(seed, knit: true),
            "plaid" => Plaid(random),
            "noise-white" => WhiteNoise(random),
            "noise-cloud" => Clouds(seed),
            "hills" => Landscape(random, seed, ridge: 0.25f, sea: false),
            "mountains" => Landscape(random, seed, ridge: 0.9f, sea: false),
            "sea" => Landscape(random, seed, ridge: 0.1f, sea: true),
            "behind" => Behind(random),
            _ => throw new ArgumentException($"no picture is called '{kind}'", nameof(kind)),
        };
    }

    private static Image Hair(Random random, float wave, float curl)
    {
        var image = new Image(Width, Height);
        var tone = HairTone(random);
        Fill(image, Shade(tone, 0.35f));
        Strands(image, random, tone, count: 2600, new Vector2(0, 0), new Vector2(Width, Height), wave, curl);
        return image;
    }

    private static void Strands(
        Image image, Random random, Vector3 tone, int count, Vector2 low, Vector2 high, float wave, float curl)
    {
        var slope = (random.NextSingle() - 0.5f) * 0.8f;
        for (var i = 0; i < count; i++)
        {
            var start = low + (new Vector2(random.NextSingle(), (random.NextSingle() * 1.2f) - 0.2f) * (high - low));
            var phase = (random.NextSingle() * 0.6f) + (start.X * 0.012f);
            var points = new Vector2[24];
            for (var k = 0; k < points.Length; k++)
            {
                var t = k * (high.Y - low.Y) / 60;
                var sway = wave * 150 * MathF.Sin((0.02f * t) + phase);
                var loop = curl * new Vector2(MathF.Cos((0.25f * t) + phase), MathF.Sin((0.25f * t) + phase));
                points[k] = start + new Vector2((slope * t) + sway, t) + loop;
            }
            image.DrawLine(points, Shade(tone, 0.4f + (0.9f * random.NextSingle())), random.Next(1, 4));
        }
    }

    private static Image Brick(Random random)
    {
        var image = new Image(Width, Height);
        Fill(image, new Rgb(176, 170, 160));
        var (wide, high) = (random.Next(60, 120), random.Next(24, 46));
        for (var row = -1; row <= Height / high; row++)
        {
            for (var column = -1; column <= Width / wide; column++)
            {
                var left = (column * wide) + (row % 2 == 0 ? 0 : wide / 2);
                var tone = new Vector3(150, 70, 50) * (0.8f + (0.5f * random.NextSingle()));
                Vector2[] corners =
                [
                    new(left + 3, (row * high) + 3), new(left + wide - 3, (row * high) + 3),
                    new(left + wide - 3, (row + 1) * high), new(left + 3, (row + 1) * high)
                ];
                image.FillPolygon(corners, Shade(tone, 1));
            }
        }
        Grain(image, random, 14);
        return image;
    }

    private static Image Plaid(Random random)
    {
        var (a, b) = (random.Next(40, 90), random.Next(30, 70));
        var image =
            PerPixel(
                (x, y) =>
                    new Vector3(120, 30, 40) + (new Vector3(60, 70, 20) * Band(x, a))
                        + (new Vector3(10, 50, 70) * Band(y, b)));
        Grain(image, random, 10);
        return image;

        static float Band(float at, int period) => MathF.Sin(at * MathF.Tau / period) > 0.3f ? 1 : 0;
    }

    private static Image Cloth(int seed, bool knit)
    {
        var noise = Noise.FromSeed(seed);
        return PerPixel((x, y) =>
        {
            var bend = 3 * noise.At(x / 60f, y / 60f);
            var thread = knit
                ? MathF.Sin((x + (4 * MathF.Abs(MathF.Sin(y * 0.2f)))) * 0.45f) * MathF.Sin((y + bend) * 0.4f)
                : MathF.Max(MathF.Sin((x + bend) * 0.8f), MathF.Sin((y - bend) * 0.8f));
            return new Vector3(70, 90, 140) * (0.8f + (0.3f * thread) + (0.25f * noise.At(x / 140f, y / 140f)));
        });
    }

    private static Image WhiteNoise(Random random)
    {
        var image = new Image(Width, Height);
        random.NextBytes(image.Samples);
        return image;
    }

    private static Image Clouds(int seed)
    {
        var noise = Noise.FromSeed(seed);
        return PerPixel(
            (x, y) =>
                Vector3.Lerp(
                    new(90, 140, 210), new(245, 245, 250), 0.5f + (0.5f * noise.Fractal(x / 180f, y / 140f, 5))));
    }

    private static Image Landscape(Random random, int seed, float ridge, bool sea)
    {
        var noise = Noise.FromSeed(seed);
        var horizon = Height * (0.35f + (0.2f * random.NextSingle()));
        var warm = random.NextSingle();
        var image = PerPixel((x, y) =>
        {
            var sky = Vector3.Lerp(
                Vector3.Lerp(new(110, 160, 220), new(250, 150, 90), warm), new(235, 235, 235), y / (float)Height);
            var far = horizon - (ridge * 160 * (0.5f + noise.Fractal(x / 150f, 3, 4)));
            var near = horizon + 60 - (ridge * 90 * (0.5f + noise.Fractal(x / 90f, 9, 4)));
            if (y < far)
                return sky;
            if (sea)
                return new Vector3(30, 80, 120) * (0.8f + (0.4f * noise.Fractal(x / 60f, y / 6f, 3)));
            var ground = y < near ? new Vector3(110, 120, 130) : new Vector3(80, 120, 50);
            return ground * (0.8f + (0.5f * noise.Fractal(x / 40f, y / 25f, 4)));
        });
        return image;
    }

    // The back of a head, of a person or of a statue: hair or stone, ears, neck, shoulders.
    private static Image Behind(Random random)
    {
        var image = Clouds(random.Next());
        var stone = random.Next(2) == 0;
        var skin = stone
            ? new Vector3(170, 168, 160)
            : new Vector3(205, 160, 130) * (0.5f + (0.6f * random.NextSingle()));
        var center = new Vector2(random.Next(320, 480), random.Next(210, 270));
        var size = random.Next(110, 160);
        image.DrawEllipse(
            center + new Vector2(0, 3.1f * size), new Vector2(2.3f * size, 1.7f * size), 0,
            Shade(stone ? skin : new Vector3(60, 60, 90), 0.9f), thickness: -1);
        image.FillPolygon(
            [center + new Vector2(-0.45f * size, 0.5f * size), center
                + new Vector2(0.45f * size, 0.5f * size),
                    center + new Vector2(0.55f * size, 1.7f * size), center + new Vector2(-0.55f * size, 1.7f * size)
                ],
            Shade(skin, 0.85f));
        foreach (var sign in new[] { -1, 1 })
            image.DrawEllipse(
                center + new Vector2(sign * 0.86f * size, 0.2f * size), new Vector2(0.12f * size, 0.24f * size), 0,
                Shade(skin, 0.95f), thickness: -1);
        var hair = stone ? skin * 0.95f : HairTone(random);
        image.DrawEllipse(center, new Vector2(0.85f * size, 1.1f * size), 0, Shade(hair, 0.8f), thickness: -1);
        var head = center - new Vector2(0.7f * size, 0.95f * size);
        Strands(
            image, random, hair, count: 500, head, head + new Vector2(1.4f * size, 1.7f * size), wave: 0.05f,
            curl: stone ? 6 : 0);
        Grain(image, random, 8);
        return image;
    }

    private static Vector3 HairTone(Random random)
    {
        Vector3[] tones = [new(40, 30, 26), new(90, 60, 36), new(190, 150, 90), new(170, 168, 165), new(120, 50, 25)];
        return tones[random.Next(tones.Length)];
    }

    private static Image PerPixel(Func<int, int, Vector3> color)
    {
        var image = new Image(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < Width; x++)
            {
                var c = color(x, y);
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = (Level(c.X), Level(c.Y), Level(c.Z));
            }
        }
        return image;
    }

    private static void Grain(Image image, Random random, int most)
    {
        foreach (ref var sample in image.Samples)
            sample = (byte)Math.Clamp(sample + random.Next(-most, most + 1), 0, 255);
    }

    private static void Fill(Image image, Rgb color) =>
        image.FillPolygon(
            [new(-1, -1), new(image.Width, -1), new(image.Width, image.Height), new(-1, image.Height)], color);

    private static Rgb Shade(Vector3 tone, float by) => new(Level(tone.X * by), Level(tone.Y * by), Level(tone.Z * by));

    private static byte Level(float value) => (byte)Math.Clamp(value, 0, 255);
}
