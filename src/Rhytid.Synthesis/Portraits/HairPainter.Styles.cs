using System.Numerics;
using Rhytid.Imaging;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

// One method for each way of wearing hair: where its strands begin and where they run.
internal sealed partial class HairPainter
{
    // From the parting round the head, then straight down.
    private void Parted(Canvas canvas, Plane<float> coverage)
    {
        var part = 0.22f * _person.HairPart;
        var turn = 1.72f;
        for (var i = 0; i < 3400; i++)
        {
            var side = _random.Chance(0.5f) ? -1 : 1;
            // Outer strands first: what frames the face lies on top.
            var k = Math.Clamp(1 - ((float)i / 3400) + (0.25f * _random.Normal()), -0.05f, 1.03f)
                + (0.02f * _random.Normal());
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
            var end = _shape.EndV
                + (_person.Hair == HairStyle.Bob ? 0.10f * _random.Normal() : 0.05f * _random.Normal());
            // Locks: neighbours wave together.
            var wave = (7 * k) + (1.2f * side) + (0.5f * _random.Normal());
            var lockTone = 1 + (0.35f * Noise.At(k * 14, side * 3.3f, _person.Seed + 118));
            var from = points[^1];
            var bob = _person.Hair == HairStyle.Bob;
            for (var step = 1; step <= 6; step++)
            {
                var t = step / 6f;
                var u = MathF.Abs(from.X) + (0.055f * t * MathF.Sin(wave + (5.5f * t)))
                    - (bob ? 0.18f * t * t : 0.10f * MathF.Sin(2.4f * t)) + (bob ? 0 : 0.42f * Math.Max(0, k) * t * t);
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
            var lift = (_shape.Rho(angle, 1) + _random.Range(0.01f, 0.05f) - _shape.Rho(angle, k))
                / (_shape.Rho(angle, 1) - _shape.Rho(angle, 0));
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
                points.Add(
                    _shape.Point(
                        Mix(angle, target, step / 4f * (1 - (0.3f * (1 - (step / 4f))))), Mix(k, 1.0f, step / 4f)));
            Strand(canvas, coverage, points, _random.Range(0.005f, 0.009f), 0.5f, 1
                + (0.30f * Noise.At(angle * 22, 0.5f, _person.Seed + 119)));
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
                points.Add(
                    _shape.Point(angle + clump + (turn * t * t), MathF.Min(k + (rise * (t - (0.18f * t * t))), 1.06f)));
            }
            Strand(canvas, coverage, points, _random.Range(0.006f, 0.011f), thin
                ? 0.42f
                : 0.55f, 1 + (0.38f * Noise.At(angle * 16, k * 5, _person.Seed + 119)));
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
            var direction = Vector2.Lerp(
                Vector2.Normalize(root - HeadGeometry.Middle), new Vector2(0.25f * MathF.Sign(angle), 1), down);
            var length = _random.Range(0.03f, 0.07f);
            var tip = root + (direction * length) + new Vector2(0.01f * _random.Normal(), 0.01f * _random.Normal());
            Strand(canvas, coverage, [root, (root + tip) / 2, tip], _random.Range(0.006f, 0.010f), 0.5f, 1);
        }
    }
}
