using System.Numerics;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Paints what the lids leave open: eyeball, iris, pupil, mirrored lamp, wet rims, lashes.</summary>
internal sealed class EyePainter(Face face)
{
    private readonly Person _person = face.Person;

    public void Paint(Canvas canvas)
    {
        foreach (var eye in new[] { face.LeftEye, face.RightEye })
        {
            var middle = face.Frame.ToPixel(eye.Center);
            var reach = 0.36f * face.Frame.Scale;
            for (var y = (int)(middle.Y - reach); y <= middle.Y + reach; y++)
                for (var x = (int)(middle.X - reach); x <= middle.X + reach; x++)
                    if (x >= 0 && y >= 0 && x < canvas.Size && y < canvas.Size)
                        PaintPixel(canvas, eye, x, y);
            Lashes(canvas, eye);
        }
    }

    private void PaintPixel(Canvas canvas, EyeShape eye, int x, int y)
    {
        var p = face.Frame.ToFace(new Vector2(x + 0.5f, y + 0.5f));
        var cover = face.Edge(eye.Inside(p.X, p.Y));
        if (cover > 0)
            canvas.Over(x, y, Eyeball(eye, p), cover);
    }

    private Vector3 Eyeball(EyeShape eye, Vector2 p)
    {
        var q = eye.ToLocal(p.X, p.Y);
        var iris = p - eye.IrisCenter;
        var radius = iris.Length() / EyeShape.IrisRadius;
        var color = Vector3.Lerp(Iris(iris, radius), White(eye, p, q), Step(0.93f, 1.07f, radius));

        // A ball: it turns away towards both corners; the upper lid and its lashes shade the top.
        var ball = 1 - (0.40f * q.X * q.X);
        var below = q.Y - eye.UpperLid(Math.Clamp(q.X, -1, 1));
        var lidShadow = Mix(0.34f, 1, Step(-0.005f, 0.062f, below));
        var side = 1 + (0.16f * (iris.X / 0.25f) * MathF.Sign(face.Lighting.Key.X));
        var light = face.Lighting.Exposure * ball * lidShadow * side * Mix(0.93f, 0.52f, _person.Darkness);
        color *= light;

        // The wet rim of the lower lid, and the pink corner towards the nose.
        var above = eye.LowerLid(Math.Clamp(q.X, -1, 1)) - q.Y;
        var rim = Step(0.021f, 0.006f, above) * Step(1, 0.8f, MathF.Abs(q.X));
        color = Vector3.Lerp(color, LidRim() * light * 1.05f, 0.85f * rim);
        color += Vector3.One * (0.16f * Ridge(above - 0.021f, 0.006f) * Step(0.9f, 0.4f, MathF.Abs(q.X)));
        var caruncle = Step(-0.80f, -0.90f, q.X);
        color = Vector3.Lerp(color, LidRim() * new Vector3(1.05f, 0.72f, 0.72f) * light, 0.9f * caruncle);

        // Lamps mirrored in the cornea: the key as a window, the fill as a glow.
        var key = new Vector2(face.Lighting.Key.X, face.Lighting.Key.Y) * (0.62f * EyeShape.IrisRadius);
        var glint = iris - key;
        var window = Step(
            0.022f, 0.012f, MathF.Sqrt(MathF.Sqrt(MathF.Pow(glint.X, 4) + MathF.Pow(glint.Y * 0.85f, 4))));
        var glow = 0.07f * Hill(iris.X + (key.X * 0.9f), iris.Y - (0.45f * EyeShape.IrisRadius), 0.05f, 0.032f);
        return color + (Vector3.One * ((0.95f * window) + glow) * Step(1.05f, 0.9f, radius));
    }

    private Vector3 Iris(Vector2 offset, float radius)
    {
        var angle = MathF.Atan2(offset.Y, offset.X);
        // Fibres run from the pupil outwards; noise on a circle has no seam.
        var (sin, cos) = MathF.SinCos(angle);
        var fibres = Noise.At(cos * 15, (sin * 15) + radius, _person.Seed + 81)
            + (0.7f * Noise.At(cos * 34, (sin * 34) + (radius * 2), _person.Seed + 82));
        var color = _person.EyeColor * (1.15f + (0.38f * fibres));
        // A warmer, lighter collar around the pupil, a dark ring at the edge; light gathers opposite the lamp.
        var collar = Ridge(radius - 0.50f, 0.16f);
        color = Vector3.Lerp(color, color * new Vector3(1.5f, 1.22f, 0.85f), 0.6f * collar);
        color *= Mix(1, 0.26f, Step(0.74f, 1.0f, radius));
        var gathered = Vector2.Dot(offset, new Vector2(face.Lighting.Key.X, face.Lighting.Key.Y))
            / face.Lighting.Key.Length() / EyeShape.IrisRadius;
        color *= 1 + (0.55f * Math.Clamp(-gathered, -0.4f, 1));
        return Vector3.Lerp(new Vector3(0.006f, 0.005f, 0.005f), color, Step(0.37f, 0.43f, radius));
    }

    private Vector3 White(EyeShape eye, Vector2 p, Vector2 q)
    {
        var white = Vector3.Lerp(
            new Vector3(0.58f, 0.56f, 0.545f), new Vector3(0.40f, 0.35f, 0.30f),
            (0.65f * _person.Darkness) + (0.4f * MathF.Min(1, _person.Aging)));
        // Fine veins from the corners.
        var vein = MathF.Abs(Noise.Fractal(p.X * 16, p.Y * 34, _person.Seed + 85 + eye.Side, 3));
        var veins = Step(0.10f, 0.0f, vein) * Step(0.35f, 0.95f, MathF.Abs(q.X)) * (0.25f + (0.35f * _person.Aging));
        var corners = 0.30f * Step(0.45f, 1.0f, MathF.Abs(q.X));
        return white * Vector3.Lerp(Vector3.One, new Vector3(0.95f, 0.62f, 0.58f), MathF.Min(1, veins + corners));
    }

    private Vector3 LidRim() => (_person.Skin * new Vector3(0.95f, 0.66f, 0.64f)) + new Vector3(0.03f, 0.012f, 0.012f);

    private void Lashes(Canvas canvas, EyeShape eye)
    {
        var random = new SeededRandom(_person.Seed, SeededRandom.Stream.Lashes);
        var scale = face.Frame.Scale;
        var dark = _person.HairColor * 0.25f;
        var color = Vector3.Lerp(dark, new Vector3(0.15f), 0.3f * _person.Grey);
        var longer = Mix(1, 0.72f, _person.Angular) * Mix(1, 0.75f, Math.Min(1, _person.Aging));
        for (var i = 0; i < 120; i++)
        {
            var x = random.Range(-0.84f, 1.0f);
            var root = new Vector2(x, eye.UpperLid(Math.Clamp(x, -1, 1)) + random.Range(-0.004f, 0.004f));
            var length = longer * random.Range(0.030f, 0.052f) * (0.75f + (0.4f * MathF.Max(0, x)));
            // Seen from the front most lashes point at the camera; only the outer ones show their length.
            var lean = (0.55f * x) + random.Range(-0.12f, 0.12f);
            var bend = new Vector2(lean * length / eye.HalfLength * 0.55f, -length * 0.35f);
            var tip = new Vector2(lean * length / eye.HalfLength * 1.2f, -length * Mix(0.75f, 1, MathF.Abs(x)));
            Hair(canvas, eye, [root, root + bend, root + tip], scale * 0.0085f, color, 0.7f);
        }
        for (var i = 0; i < 42; i++)
        {
            var x = random.Range(-0.6f, 0.95f);
            var root = new Vector2(x, eye.LowerLid(Math.Clamp(x, -1, 1)) + 0.004f);
            var length = longer * random.Range(0.014f, 0.026f);
            var lean = (0.5f * x) + random.Range(-0.15f, 0.15f);
            Hair(canvas, eye, [
                root, root + new Vector2(lean * length / eye.HalfLength, length)
            ], scale * 0.005f, color, 0.4f);
        }
    }

    private void Hair(Canvas canvas, EyeShape eye, Vector2[] local, float width, Vector3 color, float opacity)
    {
        var points = Curves.Spline([.. local.Select(p => face.Frame.ToPixel(eye.ToFace(p.X, p.Y)))], 4);
        Stroke.Paint(canvas, points, t => width * Mix(1, 0.25f, t), _ => color, opacity);
    }
}
