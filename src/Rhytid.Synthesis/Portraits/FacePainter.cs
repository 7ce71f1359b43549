using System.Numerics;
using Rhytid.Imaging;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Paints the skin of the face with lips and nostrils: height field, light, colour, gloss.</summary>
internal sealed class FacePainter(Face face)
{
    private readonly Person _person = face.Person;
    private readonly float _scale = face.Frame.Scale;

    public void Paint(Canvas canvas)
    {
        var size = canvas.Size;
        var broad = new Plane<float>(size, size);
        var fine = new Plane<float>(size, size);
        var points = new Vector2[size * size];
        var texture = new SkinTexture(_person, _scale);
        canvas.ForRows(y =>
        {
            for (var x = 0; x < size; x++)
            {
                var p = face.Frame.ToFace(new Vector2(x + 0.5f, y + 0.5f));
                points[(y * size) + x] = p;
                var far = face.Head.Rho(p.X, p.Y) > 1.12f;
                broad[x, y] = far ? -1.2f : face.Relief.Height(p.X, p.Y) + face.Grooves.Folds[x, y];
                fine[x, y] = far
                    ? -1.2f
                    : broad[x, y] + (texture.Height(p.X, p.Y) * (1 - Lip(p))) + face.Grooves.Height[x, y];
            }
        });

        var open = SurfaceLight.Openness(broad, _scale);
        var lit = SurfaceLight.Lit(broad, face.Lighting.Key, _scale);
        var light = ReceivedLight(canvas, points, fine, open, lit);
        var scattered = SurfaceLight.Scatter(light, _scale);
        canvas.ForRows(y =>
        {
            for (var x = 0; x < size; x++)
            {
                var p = points[(y * size) + x];
                var cover = face.Cover(p.X, p.Y);
                if (cover <= 0)
                    continue;
                var received = new Vector3(scattered[0][x, y], scattered[1][x, y], scattered[2][x, y]);
                var normal = SurfaceLight.Normal(fine, x, y, _scale);
                canvas.Over(x, y, Surface(p, received, normal, open[x, y], lit[x, y], face.Grooves.Shade[x, y]), cover);
            }
        });
    }

    private Plane<float>[] ReceivedLight(
        Canvas canvas, Vector2[] points, Plane<float> fine, Plane<float> open, Plane<float> lit)
    {
        var size = canvas.Size;
        Plane<float>[] light = [new(size, size), new(size, size), new(size, size)];
        canvas.ForRows(y =>
        {
            for (var x = 0; x < size; x++)
            {
                var p = points[(y * size) + x];
                var received = Vector3.One * 0.2f;
                if (face.Head.Rho(p.X, p.Y) < 1.02f)
                    received = face.Lighting.On(SurfaceLight.Normal(fine, x, y, _scale), lit[x, y], open[x, y]);
                (light[0][x, y], light[1][x, y], light[2][x, y]) = (received.X, received.Y, received.Z);
            }
        });
        return light;
    }

    private Vector3 Surface(Vector2 p, Vector3 received, Vector3 normal, float open, float lit, float groove)
    {
        var lip = Lip(p);
        var color = face.Pigment.At(p.X, p.Y);
        color = Vector3.Lerp(color, LipColor(p, color), lip);

        // The bottom of a wrinkle sees little of the room, and what light it gets has been reddened by its walls.
        color *= new Vector3(1 - (0.30f * groove), 1 - (0.42f * groove), 1 - (0.46f * groove));
        color *= LidShadow(p) * (1 - (0.05f * (1 - lip) * Noise.Fractal(p.X * 62, p.Y * 62, _person.Seed + 75, 2)));
        var diffuse = color * received;

        var nostril = Step(-0.22f, 0.35f, face.Nose.Nostril(p.X, p.Y));
        diffuse *= Vector3.Lerp(Vector3.One, new Vector3(0.16f, 0.085f, 0.075f), nostril);

        var grease = SkinTexture.Grease(p.X, p.Y) * (1 - lip);
        var visible = open * open * Mix(0.25f, 1, lit) * (1 - nostril) * (1 - groove);
        // Grazing skin mirrors more (Schlick, 1994); the down on a cheek adds to it.
        var rim = MathF.Pow(1 - Math.Clamp(normal.Z, 0, 1), 4) * 0.10f;
        var gloss = (0.060f * face.Lighting.Gloss(normal, 9))
            + (Mix(0.035f, 0.13f, grease) * face.Lighting.Gloss(normal, Mix(26, 44, grease)));
        var seam = Ridge(p.Y - face.Mouth.Line(Math.Clamp(p.X / face.Mouth.HalfWidth, -1, 1)), 0.022f);
        gloss += lip * (1 - seam) * Mix(0.16f, 0.34f, _person.LipColor) * face.Lighting.Gloss(normal, 60);
        return diffuse
            + (Vector3.One * (gloss + rim) * visible * face.Lighting.Exposure * Mix(1, 0.8f, _person.Darkness));
    }

    // Soft-edged: the vermilion has no line around it.
    private float Lip(Vector2 p)
    {
        var x = p.X / face.Mouth.HalfWidth;
        if (MathF.Abs(x) >= 1 || MathF.Abs(p.Y - face.Mouth.V) > 0.3f)
            return 0;
        var inside = face.Mouth.Inside(p.X, p.Y) + (0.004f * Noise.At(p.X * 28, p.Y * 28, _person.Seed + 71));
        return Step(-0.007f, 0.014f, inside) * Step(1, 0.9f, MathF.Abs(x));
    }

    private Vector3 LipColor(Vector2 p, Vector3 skin)
    {
        var x = Math.Clamp(p.X / face.Mouth.HalfWidth, -1, 1);
        var line = face.Mouth.Line(x);
        var below = p.Y - line;
        // Bare lips are the skin with the blood showing through; made-up ones lean to a rose.
        var bare = skin
            * Vector3.Lerp(new Vector3(0.86f, 0.53f, 0.55f), new Vector3(0.80f, 0.60f, 0.66f), _person.Darkness);
        var rose = LinearColor.FromSrgb(0xA8434C) * Mix(1, 0.62f, _person.Darkness);
        var color = Vector3.Lerp(bare, rose, 0.55f * _person.LipColor);
        color *= below < 0 ? 0.82f : 1.04f;
        // Upright creases of the vermilion.
        var creases = Noise.At(p.X * 44, p.Y * 7, _person.Seed + 72)
            + (0.6f * Noise.At(p.X * 90, p.Y * 12, _person.Seed + 73));
        color *= 1 + (0.10f * creases);
        var seam = Ridge(below, 0.0105f + (0.004f * (1 - MathF.Abs(x))));
        return color * Vector3.Lerp(Vector3.One, new Vector3(0.20f, 0.11f, 0.11f), seam);
    }

    // The fold of the upper lid and the roots of the lashes take light away.
    private Vector3 LidShadow(Vector2 p)
    {
        var eye = p.X < 0 ? face.LeftEye : face.RightEye;
        var q = eye.ToLocal(p.X, p.Y);
        if (MathF.Abs(q.X) > 1.3f || MathF.Abs(q.Y) > 0.3f)
            return Vector3.One;
        var ends = Step(1.18f, 0.7f, MathF.Abs(q.X));
        var crease = 0.50f * ends * Ridge(q.Y - eye.Crease(q.X), 0.0135f);
        var x = Math.Clamp(q.X, -1, 1);
        var lashRoots = Mix(0.6f, 0.8f, _person.Darkness) * Step(1.06f, 0.9f, MathF.Abs(q.X))
            * Ridge(q.Y - eye.UpperLid(x) + 0.006f, 0.013f);
        var lower = 0.22f * Step(1.05f, 0.85f, MathF.Abs(q.X)) * Ridge(q.Y - eye.LowerLid(x) - 0.010f, 0.013f);
        var lost = MathF.Min(0.88f, crease + lashRoots + lower);
        return new Vector3(1 - (0.85f * lost), 1 - lost, 1 - lost);
    }
}

/// <summary>
/// The skin's own surface, finer than the face and coarser than a pixel: pores, the net of furrows, slow unevenness.
/// </summary>
internal sealed class SkinTexture(Person person, float pixelsPerEyeDistance)
{
    /// <summary>Height in eye distances to add at a point.</summary>
    public float Height(float u, float v)
    {
        var seed = person.Seed;
        var coarse = 0.0016f * (1 + (0.9f * person.Aging)) * Noise.Fractal(u * 9, v * 9, seed + 51, 3);
        // Old skin is a net of fine furrows, drawn out along the lines of least tension.
        var net = 0.00075f * (0.8f + (0.9f * person.Aging)) * Visible(46) * Noise.Fractal(u * 46, v * 52, seed + 55, 2);
        var centre = Hill(u, v - 0.45f, 0.55f, 0.45f);
        var pores = Mix(0.3f, 1, centre) * Visible(42) * Step(0.42f, 0.10f, Noise.Cellular(u * 42, v * 42, seed + 61));
        return coarse + net - (0.0013f * pores);
    }

    /// <summary>How greasy a place is, 0 to 1: forehead, nose and chin shine.</summary>
    public static float Grease(float u, float v) =>
        Math.Clamp((0.55f * Hill(u, v + 0.65f, 0.75f, 0.4f)) + (0.9f * Hill(u, v - 0.35f, 0.2f, 0.5f))
            + (0.35f * Hill(u, v - 1.6f, 0.3f, 0.2f)) + (0.45f * Hills(u, v, 0.62f, 0.32f, 0.28f, 0.22f)), 0, 1);

    // Detail finer than two pixels would only alias.
    private float Visible(float frequency) => Step(1.6f, 3.2f, pixelsPerEyeDistance / frequency);
}
