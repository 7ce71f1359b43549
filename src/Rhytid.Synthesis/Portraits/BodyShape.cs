using System.Numerics;
using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Outlines of neck, clothes and ears, and the fabric. Depths are in eye distances, negative outside.
/// </summary>
internal sealed class BodyShape
{
    /// <summary>Neck and clothes lie below this height.</summary>
    public const float Top = 0.8f;

    private static readonly int[] Fabrics =
    [
        0x2B3A55, 0x6E2F36, 0x39423A, 0xC9C4BA, 0x23252B, 0x8A6F52, 0x4F6D7A, 0x7C7F86, 0xA35D43, 0xE2E0DC
    ];

    private readonly Person _person;
    private readonly float _neckline;
    private readonly float _sharpness;
    private readonly float _slope;

    public BodyShape(Person person)
    {
        _person = person;
        var random = new SeededRandom(person.Seed, SeededRandom.Stream.Clothes);
        Fabric = LinearColor.FromSrgb(Fabrics[random.Below(Fabrics.Length)]) * random.Range(0.8f, 1.1f);
        _neckline = random.Range(2.50f, 2.85f);
        _sharpness = random.Chance(0.4f) ? 1.15f : 2.4f;
        Knit = random.Chance(0.5f);
        _slope = random.Range(0.30f, 0.42f);
        Collar = random.Range(0.05f, 0.09f);
    }

    public Vector3 Fabric { get; }

    public bool Knit { get; }

    /// <summary>Width of the collar's band.</summary>
    public float Collar { get; }

    /// <summary>Hair that falls over the ears hides them.</summary>
    public bool HasEars => _person.Hair is not (HairStyle.Bob or HairStyle.Flowing);

    public float HalfNeck(float v) =>
        Mix(0.80f, 0.86f, _person.Angular) + (0.05f * MathF.Pow(MathF.Max(0, 2 - v), 2))
            + (1.6f * MathF.Pow(MathF.Max(0, v - 1.95f), 2));

    /// <summary>Depth inside the clothes of a point of the body.</summary>
    public float InClothes(Vector2 p)
    {
        // The collar hangs from the sides of the neck; the shoulders fall away from it.
        var edge = _neckline - ((_neckline - 2.06f) * MathF.Pow(MathF.Min(1.2f, MathF.Abs(p.X) / 0.90f), _sharpness));
        var beyond = MathF.Max(0, MathF.Abs(p.X) - 0.78f);
        var round = MathF.Max(0, beyond - 1.2f);
        var shoulder = 2.02f + (0.30f * (1 - MathF.Exp(-1.6f * beyond))) + (_slope * 0.45f * beyond)
            + (0.16f * round * round);
        return MathF.Min(p.Y - edge, p.Y - shoulder);
    }

    /// <summary>Whether a point of the upright head may lie on an ear.</summary>
    public bool IsNearEar(Vector2 p) => HasEars && p.Y is >= -0.5f and <= 1.1f && MathF.Abs(p.X) is >= 0.8f and <= 1.7f;

    /// <summary>The point as the ear beside it sees it: 1 from the middle to the rim.</summary>
    public Vector2 ToEar(Vector2 p)
    {
        var (a, b) = (MathF.Abs(p.X) - (1.085f * _person.FaceWidth), p.Y - 0.20f);
        var (x, y) = ((a * 0.97f) + (b * 0.22f), (b * 0.97f) - (a * 0.22f));
        // Narrower towards the lobe.
        return new Vector2(x / (0.175f * Mix(1.08f, 0.72f, Step(-0.2f, 0.45f, y))), y / 0.40f);
    }
}
