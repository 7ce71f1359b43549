using System.Numerics;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Paints neck, ears and clothes.</summary>
internal sealed class BodyPainter(Face face)
{
    private readonly Person _person = face.Person;
    private readonly BodyShape _body = face.Body;

    /// <summary>Neck and clothes; both stay upright when the head tilts.</summary>
    public void PaintBody(Canvas canvas)
    {
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
            {
                var pixel = new Vector2(x + 0.5f, y + 0.5f);
                var p = face.Frame.ToBody(pixel);
                var q = face.Frame.ToUpright(pixel);
                if (p.Y < BodyShape.Top)
                    continue;
                var halfNeck = _body.HalfNeck(p.Y);
                var skin = face.Edge(halfNeck - MathF.Abs(p.X));
                if (skin > 0)
                    canvas.Over(x, y, Neck(p, q, halfNeck), skin);

                var inside = _body.InClothes(p);
                var cover = face.Edge(inside);
                if (cover > 0)
                    canvas.Over(x, y, Cloth(p, q, inside), cover);
                else if (inside > -0.12f && skin > 0)
                    canvas[x, y] *= 1 - (0.35f * Step(-0.12f, 0, inside));
            }
        });
    }

    public void PaintEars(Canvas canvas)
    {
        if (!_body.HasEars)
            return;
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
            {
                var p = face.Frame.ToUpright(new Vector2(x + 0.5f, y + 0.5f));
                if (!_body.IsNearEar(p))
                    continue;
                var q = _body.ToEar(p);
                var radius = q.Length();
                var cover = face.Edge((1 - radius) * 0.2f);
                if (cover > 0)
                    canvas.Over(x, y, EarColor(p, q, radius), cover);
            }
        });
    }

    // p: on the body; q: the same place as the head sees it.
    private Vector3 Neck(Vector2 p, Vector2 q, float halfNeck)
    {
        var across = Math.Clamp(p.X / halfNeck, -0.999f, 0.999f);
        // Muscles run from behind the ears to the pit of the neck.
        var muscle = MathF.Abs(p.X) - Mix(0.74f, 0.12f, Step(1.5f, 2.65f, p.Y));
        var bulge = 0.30f * Ridge(muscle, 0.12f) * -MathF.Sign(p.X) * muscle / 0.12f;
        var normal =
            Vector3.Normalize(new Vector3((across * 0.95f) - bulge, 0.10f, MathF.Sqrt(1 - (across * across)) + 0.1f));

        // The jaw throws its shadow down and away from the lamp.
        var key = face.Lighting.Key;
        var jaw = face.Head.Rho(q.X + (key.X * 0.22f), q.Y - 0.26f);
        var lit = Step(0.94f, 1.13f, jaw);
        var open = Mix(0.42f, 1, Step(1.0f, 1.34f, face.Head.Rho(p.X, p.Y)));
        var lines = 0f;
        for (var i = 0; i < 2; i++)
            lines += Step(-0.35f, 0.3f, Noise.At(p.X * 1.7f, i * 3.7f, _person.Seed + 93))
                * Ridge(
                    p.Y - 2.04f - (0.21f * i) - (0.12f * across * across) - (0.05f
                        * Noise.At(p.X * 2, i, _person.Seed + 91)),
                    0.02f);
        var color = face.Pigment.At(p.X, 1.95f + p.Y)
            * (1 + (0.04f * Noise.Fractal(p.X * 12, p.Y * 12, _person.Seed + 92, 3)));
        color *= 1 - (0.11f * MathF.Min(1, _person.Aging + 0.1f) * lines);
        return color * face.Lighting.On(normal, lit, open) * 0.96f;
    }

    private Vector3 EarColor(Vector2 p, Vector2 q, float radius)
    {
        var side = MathF.Sign(p.X);
        // The helix is a rolled rim, the antihelix a second one inside it, the concha the hollow between.
        var helix = Ridge(radius - 0.86f, 0.13f);
        var second = Ridge(radius - 0.52f - (0.1f * q.Y), 0.13f) * Step(-0.9f, -0.1f, q.X + 0.3f);
        var hollow = Ridge(radius - 0.69f, 0.09f) * Step(0.75f, 0.3f, q.Y);
        var concha = Hill(q.X + 0.25f, q.Y - 0.12f, 0.42f, 0.36f);
        var slope = ((radius - 0.86f) / 0.13f * helix) + (0.7f * (radius - 0.52f) / 0.13f * second);
        var outward = radius > 1e-3f ? q / radius : Vector2.Zero;
        var normal =
            Vector3.Normalize(
                new Vector3((side * 0.35f) + (outward.X * side * slope * 0.8f), outward.Y * slope * 0.6f, 1));
        var open = (1 - (0.6f * hollow)) * (1 - (0.72f * concha)) * Mix(0.55f, 1, Step(1.02f, 1.14f, MathF.Abs(p.X)));
        var color = face.Pigment.At(p.X, p.Y) * new Vector3(1, 0.88f, 0.86f);
        var light = face.Lighting.On(normal, side * face.Lighting.Key.X > 0 ? 0.9f : 0.45f, open);
        return (color * light * Mix(1, open, 0.35f)) + (Vector3.One * 0.03f * helix * face.Lighting.Gloss(normal, 20));
    }

    private Vector3 Cloth(Vector2 p, Vector2 q, float inside)
    {
        var (seed, collar) = (_person.Seed, _body.Collar);
        // Folds run down from the shoulders.
        var fold = Noise.Fractal((p.X * 1.5f) + (0.5f * p.Y), p.Y * 0.6f, seed + 95, 3);
        var slope = Noise.Fractal((p.X * 1.5f) + (0.5f * p.Y) + 0.05f, p.Y * 0.6f, seed + 95, 3) - fold;
        var band = Ridge((inside - (collar * 0.5f)) / collar, 0.55f);
        var normal =
            Vector3.Normalize(
                new Vector3((p.X * 0.30f) - (slope * 2.2f), -0.25f + (0.5f * band * ((inside / collar) - 0.5f)), 0.9f));
        var weave = _body.Knit
            ? 0.10f * MathF.Sin(p.X * 170) * MathF.Sin((p.Y * 120) + (3 * MathF.Sin(p.X * 85)))
            : 0.05f * Noise.At(p.X * 95, p.Y * 95, seed + 96);
        var seam = 1 - (0.35f * Ridge(inside - collar, 0.010f));
        var chin = Mix(0.55f, 1, Step(0.95f, 1.35f, face.Head.Rho(q.X + (face.Lighting.Key.X * 0.15f), q.Y - 0.28f)));
        return _body.Fabric * (1 + weave + (0.06f * fold)) * seam * face.Lighting.On(normal, chin, Mix(0.75f, 1, chin));
    }
}
