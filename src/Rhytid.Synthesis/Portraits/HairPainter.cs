using System.Numerics;
using Rhytid.Imaging;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Paints the hair: a dark mass first, then strand over strand, combed as the style wants.</summary>
internal sealed partial class HairPainter
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
        _shape = face.Hair;
        _random = new SeededRandom(face.Person.Seed, SeededRandom.Stream.Hair);
    }

    private bool Falls => _shape.Falls;

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
                var cover = _face.Edge(_shape.Behind(p), softnessPixels: 12);
                if (cover <= 0)
                    continue;
                var strands = 1 + (0.35f * Noise.At(p.X * 38, p.Y * 1.5f, _person.Seed + 112));
                canvas.Over(x, y, mass * strands, cover);
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
                var end = Step(
                    Falls ? 1.85f : 1.75f, 1.62f, angle + (0.05f * Noise.At(p.X * 20, p.Y * 5, _person.Seed + 116)));
                var soft = _person.Hair == HairStyle.Bald ? Step(1.12f, 1.5f, angle) * Step(0.05f, 0.8f, k) : 1;
                var alpha = opacity * soft * Step(0.02f, _person.Hair == HairStyle.TiedBack ? 0.34f : 0.16f, k)
                    * Step(1.0f, 0.93f, k) * (Falls ? 1 : end);
                if (alpha <= 0)
                    continue;
                canvas.Over(x, y, color * darkness * _face.Lighting.On(Shell(p), 1, 0.8f), alpha);
                coverage[x, y] += (1 - coverage[x, y]) * alpha;
            }
        });
    }

    private void Strand(
        Canvas canvas, Plane<float> coverage, List<Vector2> upright, float width, float opacity, float brightness)
    {
        var grey = _random.Chance(_person.Grey);
        var color = Vector3.Lerp(_person.HairColor, Grey, grey ? Mix(0.8f, 1, _person.Grey) : 0.45f * _person.Grey)
            * _random.Range(0.62f, 1.32f) * brightness;
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
        var shine = MathF.Pow(MathF.Max(0, 1 - (across * across)), 22)
            * MathF.Max(0, Vector3.Dot(normal, _face.Lighting.Key));
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
