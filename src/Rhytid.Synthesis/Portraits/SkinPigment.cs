using System.Numerics;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Colour of the skin from place to place: blood, melanin, freckles, moles, age spots.</summary>
internal sealed class SkinPigment
{
    // Spots by the cell of a grid that they may reach, so that a pixel asks a few spots and not all.
    private const float CellSize = 0.1f, GridEdge = 3;
    private const int Cells = 60;

    private readonly List<Spot>?[] _grid = new List<Spot>?[Cells * Cells];
    private readonly Person _person;
    private readonly NoseShape _nose;

    public SkinPigment(Person person, NoseShape nose)
    {
        _person = person;
        _nose = nose;
        var random = new SeededRandom(person.Seed, SeededRandom.Stream.Spots);
        Strew(ref random, 3 + random.Below(4), 0.006f, 0.013f, 0.45f, 0.75f, cheeksOnly: false);
        Strew(ref random, (int)(MathF.Max(0, person.Aging - 0.35f) * 34
            * (1.2f - person.Darkness)), 0.010f, 0.042f, 0.14f, 0.34f, cheeksOnly: false);
        Strew(ref random, (int)(person.Freckles * 190), 0.004f, 0.010f, 0.10f, 0.34f, cheeksOnly: true);
    }

    private readonly record struct Spot(float U, float V, float RadiusU, float RadiusV, float Strength);

    /// <summary>Colour of the skin in even white light.</summary>
    public Vector3 At(float u, float v)
    {
        var seed = _person.Seed;
        var skin = _person.Skin;
        // Melanin is uneven in clouds of all sizes, and a little denser on the forehead and around the eyes.
        var clouds = (0.05f * Noise.Fractal(u * 2.3f, v * 2.3f, seed + 21, 4))
            + (0.034f * Noise.Fractal(u * 17, v * 17, seed + 26, 4));
        var socket = Hills(u, v, 0.46f, 0.06f, 0.30f, 0.17f) + (0.6f * Hills(u, v, 0.22f, -0.05f, 0.10f, 0.14f));
        var melanin = clouds + (0.03f * Hill(u, v + 0.75f, 0.8f, 0.35f))
            + ((0.10f + (0.05f * _person.Aging) + (0.12f * _person.Darkness)) * socket) + Spots(u, v);
        var color = skin * Exp(-melanin, 0.75f, 1.15f, 1.75f);

        // Blood shows on cheeks, nose, chin and ears; it takes away green and blue.
        var blood = (0.20f * Hills(u, v, 0.62f, 0.52f, 0.32f, 0.26f)) + (0.24f * Hill(u, v - _nose.TipV, 0.22f, 0.17f))
            + (0.12f * Hills(u, v, _nose.WingU, _nose.WingV, 0.12f, 0.12f))
            + (0.11f * Hill(u, v - (1.6f * _person.FaceLength), 0.3f, 0.2f))
                + (0.10f * Step(1.02f, 1.2f, MathF.Abs(u)));
        var patches = 0.075f * Noise.Fractal(u * 5, v * 5, seed + 31, 4);
        blood = (blood * 0.8f * (1 - (0.45f * _person.Darkness))) + patches + (0.05f * _person.Aging);
        return color * Exp(-blood, 0.05f, 0.95f, 0.85f) * Shaven(u, v);
    }

    // Roots of a shaven beard, below the skin and so bluish: jaw, chin, upper lip.
    private Vector3 Shaven(float u, float v)
    {
        if (_person.Beard <= 0)
            return Vector3.One;
        var jaw = Step(0.75f, 1.25f, v - (0.25f * Step(0.95f, 0.6f, MathF.Abs(u))))
            * Step(0.30f, 0.55f, MathF.Abs(u) + MathF.Max(0, v - 1.2f)) * Step(2.6f, 1.9f, v);
        var lip = Hill(u, v - (0.97f * _person.FaceLength), 0.42f, 0.13f) * Step(0.0f, 0.12f, MathF.Abs(u) + 0.06f);
        var roots = 0.75f + (0.6f * Noise.At(u * 75, v * 75, _person.Seed + 45));
        var amount = 0.34f * _person.Beard * MathF.Max(jaw, lip) * roots * (1 - (0.6f * _person.Grey))
            * (1 - (0.5f * _person.Darkness));
        return Exp(-amount, 1.0f, 0.85f, 0.70f);
    }

    private static Vector3 Exp(float amount, float red, float green, float blue) =>
        new(MathF.Exp(amount * red), MathF.Exp(amount * green), MathF.Exp(amount * blue));

    private float Spots(float u, float v)
    {
        var sum = 0f;
        foreach (var spot in _grid[(Cell(v) * Cells) + Cell(u)] ?? [])
        {
            var (a, b) = ((u - spot.U) / spot.RadiusU, (v - spot.V) / spot.RadiusV);
            var radius = MathF.Sqrt((a * a) + (b * b));
            if (radius < 2)
                sum += spot.Strength
                    * Step(1.35f, 0.75f, radius + (0.25f * Noise.At(u * 60, v * 60, _person.Seed + 41)));
        }
        return sum;
    }

    private static int Cell(float coordinate) => Math.Clamp((int)((coordinate + GridEdge) / CellSize), 0, Cells - 1);

    private void Register(Spot spot)
    {
        var (reachU, reachV) = (2 * spot.RadiusU, 2 * spot.RadiusV);
        for (var row = Cell(spot.V - reachV); row <= Cell(spot.V + reachV); row++)
            for (var column = Cell(spot.U - reachU); column <= Cell(spot.U + reachU); column++)
                (_grid[(row * Cells) + column] ??= []).Add(spot);
    }

    private void Strew(
        ref SeededRandom random, int count, float minRadius, float maxRadius, float weakest, float strongest,
        bool cheeksOnly)
    {
        for (var i = 0; i < count; i++)
        {
            var u = cheeksOnly ? random.Normal() * 0.42f : random.Range(-1.05f, 1.05f);
            var v = cheeksOnly ? 0.35f + (random.Normal() * 0.18f) : random.Range(-1.3f, 1.7f);
            var radius = Mix(minRadius, maxRadius, MathF.Pow(random.Unit(), 1.8f));
            Register(new Spot(u, v, radius * random.Range(0.8f, 1.25f), radius, random.Range(weakest, strongest)));
        }
    }
}
