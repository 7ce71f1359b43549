using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>The outline of the head, cranium and jaw, as a radius around a middle point.</summary>
internal sealed class HeadGeometry
{
    private const int Steps = 720;
    private readonly float[] _outline;

    public HeadGeometry(Person person)
    {
        var (w, j, l) = (person.FaceWidth, person.JawWidth, person.FaceLength);
        var jowl = 0.05f * MathF.Max(0, person.Aging - 0.3f);
        _outline = Table(
        [
            new(0, -1.78f), new(0.44f, -1.72f), new(0.82f, -1.48f), new(1.06f * w, -1.06f), new(1.14f * w, -0.56f),
            new(1.12f * w, -0.12f),
                new(1.085f * w, 0.3f), new(1.03f * w, 0.68f * l),
                new((0.915f * w * Curves.Mix(1, j, 0.6f)) + jowl, 1.03f * l),
                new((0.745f * j) + jowl, 1.36f * l),
                    new((0.49f * j) + (jowl * 0.7f), 1.655f * l), new(0.25f * j, 1.81f * l), new(0, 1.85f * l),
                ]);
    }

    /// <summary>The middle point that radii are measured from.</summary>
    public static Vector2 Middle { get; } = new(0, 0.1f);

    /// <summary>0 in the middle, 1 on the outline.</summary>
    public float Rho(float u, float v) => Radius(u, v) / OutlineAt(Angle(u, v));

    /// <summary>Angle from the vertex: 0 up, pi down; the same on both sides.</summary>
    public static float Angle(float u, float v) => MathF.Atan2(MathF.Abs(u), Middle.Y - v);

    public static float Radius(float u, float v) => MathF.Sqrt((u * u) + ((v - Middle.Y) * (v - Middle.Y)));

    public float OutlineAt(float angle) => Lookup(_outline, angle);

    /// <summary>The point at an angle (negative = left) and a share of the outline's radius.</summary>
    public Vector2 Point(float angle, float rho)
    {
        var radius = rho * OutlineAt(MathF.Abs(angle));
        var (sin, cos) = MathF.SinCos(angle);
        return Middle + (radius * new Vector2(sin, -cos));
    }

    /// <summary>A curve given by points from above the middle round to below it, as radius by angle.</summary>
    public static float[] Table(ReadOnlySpan<Vector2> halfCurve)
    {
        // Mirrored at both ends, so that the curve crosses the midline level.
        Vector2[] around =
        [
            new(-halfCurve[1].X, halfCurve[1].Y), .. halfCurve, new(-halfCurve[^2].X, halfCurve[^2].Y),
        ];
        var line = Curves.Spline(around, 40);
        var table = new float[Steps + 1];
        var at = 0;
        for (var step = 0; step <= Steps; step++)
        {
            var angle = MathF.PI * step / Steps;
            while (at + 2 < line.Length && SignedAngle(line[at + 1]) < angle)
                at++;
            var (before, after) = (SignedAngle(line[at]), SignedAngle(line[at + 1]));
            var t = after > before ? Math.Clamp((angle - before) / (after - before), 0, 1) : 0;
            table[step] = Curves.Mix((line[at] - Middle).Length(), (line[at + 1] - Middle).Length(), t);
        }
        return table;
    }

    public static float Lookup(float[] table, float angle)
    {
        var position = Math.Clamp(angle / MathF.PI, 0, 1) * Steps;
        var index = Math.Min((int)position, Steps - 1);
        return Curves.Mix(table[index], table[index + 1], position - index);
    }

    // Runs on beyond 0 and pi, so that it never falls along the mirrored curve.
    private static float SignedAngle(Vector2 point)
    {
        var angle = MathF.Atan2(point.X, Middle.Y - point.Y);
        return angle < -MathF.PI / 2 ? angle + (2 * MathF.PI) : angle;
    }
}
