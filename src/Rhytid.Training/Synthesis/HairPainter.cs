using System.Numerics;
using Rhytid.Imaging;
using static Rhytid.Training.Synthesis.Curves;

namespace Rhytid.Training.Synthesis;

/// <summary>Paints the hair: a dark mass first, then strand over strand, combed as the style wants.</summary>
internal sealed class HairPainter
{
    private static readonly Vector3 Grey = new(0.33f, 0.325f, 0.32f);

    private readonly Face _face;
    private readonly Person _person;
    private readonly HairShape _shape;
    private SeededRandom _random;

    public HairPainter(Face face)
    {
        _face = face;
        _person = face.Person;
        _shape = new HairShape(face.Person, face.Head);
        _random = new SeededRandom(face.Person.Seed, SeededRandom.Stream.Hair);
    }

    private bool Falls => _person.Hair is HairStyle.Bob or HairStyle.Flowing;

    private float EndV => _person.Hair == HairStyle.Bob ? 1.62f : 3.2f;

    /// <summary>What hangs behind neck and face.</summary>
    public void PaintBehind(Canvas canvas)
    {
        if (!Falls)
            return;
        var mass = MeanColor() * 0.22f;
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
            {
                var p = Upright(x, y);
                if (p.Y < -0.6f)
                    continue;
                var half = 1.24f + (0.05f * Noise.At(p.Y * 1.3f, MathF.Sign(p.X), _person.Seed + 111));
                var inside = MathF.Min(half - MathF.Abs(p.X), EndV - 0.22f - (0.5f * MathF.Max(0, MathF.Abs(p.X) - 0.9f)) - p.Y);
                var strands = 1 + (0.35f * Noise.At(p.X * 38, p.Y * 1.5f, _person.Seed + 112));
                canvas.Over(x, y, mass * strands, _face.Edge(inside, 12));
            }
        });
    }

    /// <summary>What lies on the head and in front of it.</summary>
    /// <param name="canvas">Painted on.</param>
    /// <param name="coverage">Collects where hair hides the skin.</param>
    public void PaintFront(Canvas canvas, Plane<float> coverage)
    {
        PaintMass(canvas, coverage);
        switch (_person.Hair)
        {
            case HairStyle.Bob or HairStyle.Flowing:
                Parted(canvas, coverage);
                break;
            case HairStyle.TiedBack:
                DrawnBack(canvas, coverage);
                break;
            case HairStyle.Curly:
                Curls(canvas, coverage);
                break;
            case HairStyle.Cropped:
                Stubble(canvas, coverage, 9000, -1, 2.0f);
                break;
            case HairStyle.Bald:
                Stubble(canvas, coverage, 3400, 1.08f, 1.95f);
                break;
            default:
                Combed(canvas, coverage);
                break;
        }
        if (_person.Hair is not (HairStyle.Bald or HairStyle.Cropped or HairStyle.Curly))
            Flyaways(canvas, coverage);
    }

    private void PaintMass(Canvas canvas, Plane<float> coverage)
    {
        var color = MeanColor();
        var (darkness, opacity) = _person.Hair switch
        {
            HairStyle.Cropped => (0.6f, 0.72f),
            HairStyle.Bald => (0.7f, 0.5f),
            HairStyle.Receding => (0.5f, 0.8f),
            _ => (0.36f, 1f),
        };
        var ragged = _person.Hair == HairStyle.Curly ? 0.10f : 0.03f;
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
            {
                var p = Upright(x, y);
                var angle = HeadGeometry.Angle(p.X, p.Y);
                if (_person.Hair == HairStyle.Bald && angle < 1.1f)
                    continue;
                if (angle > (Falls ? 1.85f : 1.75f))
                    continue;
                var k = _shape.K(p) + (ragged * Noise.Fractal(p.X * 9, p.Y * 9, _person.Seed + 115, 3));
                var end = Step(Falls ? 1.85f : 1.75f, 1.62f, angle + (0.05f * Noise.At(p.X * 20, p.Y * 5, _person.Seed + 116)));
                var soft = _person.Hair == HairStyle.Bald ? Step(1.12f, 1.5f, angle) * Step(0.05f, 0.8f, k) : 1;
                var alpha = opacity * soft * Step(0.02f, _person.Hair == HairStyle.TiedBack ? 0.34f : 0.16f, k) * Step(1.0f, 0.93f, k) * (Falls ? 1 : end);
                if (alpha <= 0)
                    continue;
                canvas.Over(x, y, color * darkness * _face.Lighting.On(Shell(p), 1, 0.8f), alpha);
                coverage[x, y] += (1 - coverage[x, y]) * alpha;
            }
        });
    }

    // From the parting round the head, then straight down.
    private void Parted(Canvas canvas, Plane<float> coverage)
    {
        var part = 0.22f * _person.HairPart;
        var turn = 1.72f;
        for (var i = 0; i < 3400; i++)
        {
            var side = _random.Chance(0.5f) ? -1 : 1;
            // Outer strands first: what frames the face lies on top.
            var k = Math.Clamp(1 - ((float)i / 3400) + (0.25f * _random.Normal()), -0.05f, 1.03f) + (0.02f * _random.Normal());
            var start = part + (side * _random.Range(0, _random.Chance(0.5f) ? 0.05f : 1.2f));
            var lift = 0.05f * MathF.Sin(k * 3);
            List<Vector2> points = [];
            for (var step = 0; step <= 7; step++)
            {
                var angle = Mix(start, side * turn, step / 7f);
                var fromPart = MathF.Abs(angle - part);
                // All strands leave the parting close to the scalp, spread as they fall.
                var spread = Mix(0.96f * k, k, Step(0, 0.9f, fromPart)) + (lift * Step(0, 0.5f, fromPart));
                points.Add(_shape.Point(angle, spread));
            }
            var end = EndV + (_person.Hair == HairStyle.Bob ? 0.10f * _random.Normal() : 0.05f * _random.Normal());
            // Locks: neighbours wave together.
            var wave = (7 * k) + (1.2f * side) + (0.5f * _random.Normal());
            var lockTone = 1 + (0.35f * Noise.At(k * 14, side * 3.3f, _person.Seed + 118));
            var from = points[^1];
            var bob = _person.Hair == HairStyle.Bob;
            for (var step = 1; step <= 6; step++)
            {
                var t = step / 6f;
                var u = MathF.Abs(from.X) + (0.055f * t * MathF.Sin(wave + (5.5f * t))) - (bob ? 0.18f * t * t : 0.10f * MathF.Sin(2.4f * t)) + (bob ? 0 : 0.42f * Math.Max(0, k) * t * t);
                points.Add(new Vector2(side * u, Mix(from.Y, end, t)));
            }
            Strand(canvas, coverage, points, _random.Range(0.006f, 0.011f), 0.55f, Mix(1.0f, 0.75f, k) * lockTone);
        }
    }

    // Single hairs that stand off: without them hair looks like a cap.
    private void Flyaways(Canvas canvas, Plane<float> coverage)
    {
        for (var i = 0; i < 160; i++)
        {
            var angle = _random.Range(-1.5f, 1.5f);
            var turn = _random.Range(-0.18f, 0.18f);
            var k = _random.Range(0.75f, 0.95f);
            var lift = (_shape.Rho(angle, 1) + _random.Range(0.01f, 0.05f) - _shape.Rho(angle, k)) / (_shape.Rho(angle, 1) - _shape.Rho(angle, 0));
            List<Vector2> points = [];
            for (var step = 0; step <= 4; step++)
                points.Add(_shape.Point(angle + (turn * step / 4f), k + (lift * MathF.Sin(step * 0.45f))));
            Strand(canvas, coverage, points, 0.0045f, 0.45f, 0.9f);
        }
    }

    private void DrawnBack(Canvas canvas, Plane<float> coverage)
    {
        for (var i = 0; i < 3600; i++)
        {
            var angle = _random.Range(-1.66f, 1.66f);
            var k = (MathF.Pow(_random.Unit(), 1.3f) * 0.85f) - 0.02f;
            var target = angle * 0.62f;
            List<Vector2> points = [];
            for (var step = 0; step <= 4; step++)
                points.Add(_shape.Point(Mix(angle, target, step / 4f * (1 - (0.3f * (1 - (step / 4f))))), Mix(k, 1.0f, step / 4f)));
            Strand(canvas, coverage, points, _random.Range(0.005f, 0.009f), 0.5f, 1 + (0.30f * Noise.At(angle * 22, 0.5f, _person.Seed + 119)));
        }
    }

    // Up and back from the brow, to one side; short and flat above the ears.
    private void Combed(Canvas canvas, Plane<float> coverage)
    {
        var thin = _person.Hair == HairStyle.Receding;
        var sweep = 0.42f * _person.HairPart;
        var count = thin ? 2300 : 4600;
        for (var i = 0; i < count; i++)
        {
            var angle = _random.Range(-1.62f, 1.62f);
            // The back first, the front lies over it.
            var k = Math.Clamp((0.85f * (1 - ((float)i / count))) + (0.12f * _random.Normal()), 0, 0.97f);
            var flat = Step(0.75f, 1.25f, MathF.Abs(angle));
            var rise = Mix(_random.Range(0.35f, 0.6f), _random.Range(0.15f, 0.5f), flat);
            var turn = Mix(sweep + (0.10f * _random.Normal()), MathF.Sign(angle) * 0.10f, flat);
            var clump = 0.07f * Noise.At(angle * 7, k * 3, _person.Seed + 117);
            List<Vector2> points = [];
            for (var step = 0; step <= 4; step++)
            {
                var t = step / 4f;
                points.Add(_shape.Point(angle + clump + (turn * t * t), MathF.Min(k + (rise * (t - (0.18f * t * t))), 1.06f)));
            }
            Strand(canvas, coverage, points, _random.Range(0.006f, 0.011f), thin ? 0.42f : 0.55f, 1 + (0.38f * Noise.At(angle * 16, k * 5, _person.Seed + 119)));
        }
    }

    private void Curls(Canvas canvas, Plane<float> coverage)
    {
        for (var i = 0; i < 5200; i++)
        {
            var angle = _random.Range(-1.7f, 1.7f);
            var k = Math.Clamp(MathF.Sqrt(_random.Unit()), 0, 1) * Mix(1, 0.97f, _random.Unit());
            var middle = _shape.Point(angle, k);
            var radius = _random.Range(0.018f, 0.05f);
            var (start, arc) = (_random.Range(0, 6.28f), _random.Range(2.2f, 4.6f));
            List<Vector2> points = [];
            for (var step = 0; step <= 5; step++)
            {
                var (sin, cos) = MathF.SinCos(start + (arc * step / 5f));
                points.Add(middle + (new Vector2(cos, sin) * radius * (1 - (0.07f * step))));
            }
            Strand(canvas, coverage, points, _random.Range(0.008f, 0.013f), 0.7f, _random.Range(0.55f, 1.25f));
        }
    }

    private void Stubble(Canvas canvas, Plane<float> coverage, int count, float fromAngle, float toAngle)
    {
        var end = MathF.Min(toAngle, 1.74f);
        for (var i = 0; i < count; i++)
        {
            var angle = _random.Range(Math.Max(0, fromAngle), end) * (_random.Chance(0.5f) ? -1 : 1);
            var k = _random.Range(0.02f, 0.97f);
            if (_random.Unit() > Step(fromAngle - 0.2f, fromAngle + 0.35f, MathF.Abs(angle)))
                continue;
            var root = _shape.Point(angle, k);
            var down = _person.Hair == HairStyle.Bald ? 1 : Step(0.8f, 1.3f, MathF.Abs(angle));
            var direction = Vector2.Lerp(Vector2.Normalize(root - HeadGeometry.Middle), new Vector2(0.25f * MathF.Sign(angle), 1), down);
            var length = _random.Range(0.03f, 0.07f);
            var tip = root + (direction * length) + new Vector2(0.01f * _random.Normal(), 0.01f * _random.Normal());
            Strand(canvas, coverage, [root, (root + tip) / 2, tip], _random.Range(0.006f, 0.010f), 0.5f, 1);
        }
    }

    private void Strand(Canvas canvas, Plane<float> coverage, List<Vector2> upright, float width, float opacity, float brightness)
    {
        var grey = _random.Chance(_person.Grey);
        var color = Vector3.Lerp(_person.HairColor, Grey, grey ? Mix(0.8f, 1, _person.Grey) : 0.45f * _person.Grey) * _random.Range(0.62f, 1.32f) * brightness;
        var line = Curves.Spline(upright.ToArray(), 4);
        var points = new Vector2[line.Length];
        for (var i = 0; i < line.Length; i++)
            points[i] = _face.Frame.UprightToPixel(line[i]);
        var pixels = width * _face.Frame.Scale;
        Stroke.Paint(canvas, points,
            t => pixels * Mix(1, 0.3f, Step(0.5f, 1, t)) * Mix(0.35f, 1, Step(0, 0.18f, t)),
            t => Shade(line, t, color, grey),
            opacity, coverage);
    }

    // Hair shines across itself: a band where the strand is square to the half-way direction (Kajiya and Kay, 1989).
    private Vector3 Shade(Vector2[] line, float t, Vector3 color, bool grey)
    {
        var i = Math.Min((int)(t * (line.Length - 1)), line.Length - 2);
        var p = line[i];
        var normal = Shell(p);
        var flat = Vector2.Normalize(line[i + 1] - p + new Vector2(1e-6f, 0));
        var tangent = new Vector3(flat.X, flat.Y, 0);
        tangent = Vector3.Normalize(tangent - (normal * Vector3.Dot(tangent, normal)));
        var across = Vector3.Dot(tangent, _face.Lighting.Half);
        var shine = MathF.Pow(MathF.Max(0, 1 - (across * across)), 22) * MathF.Max(0, Vector3.Dot(normal, _face.Lighting.Key));
        var light = _face.Lighting.On(normal, 1, 0.85f);
        var tint = Vector3.Lerp(color, Vector3.One * 0.5f, 0.35f);
        return (color * light * 0.85f) + (tint * shine * (grey ? 0.20f : 0.36f) * _face.Lighting.Exposure);
    }

    /// <summary>The hair as a ball around the head: which way its surface faces.</summary>
    private static Vector3 Shell(Vector2 p)
    {
        var q = new Vector2(p.X / 1.30f, (p.Y - 0.15f) / 2.3f);
        if (p.Y > 0.15f)
            q.Y *= 0.2f;
        var squared = MathF.Min(q.LengthSquared(), 0.93f);
        return Vector3.Normalize(new Vector3(q.X, q.Y * 0.95f, MathF.Sqrt(1 - squared)));
    }

    private Vector3 MeanColor() => Vector3.Lerp(_person.HairColor, Grey, _person.Grey);

    private Vector2 Upright(int x, int y) => _face.Frame.ToUpright(new Vector2(x + 0.5f, y + 0.5f));
}
