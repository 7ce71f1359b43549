using System.Numerics;

namespace Rhytid.Synthesis.Portraits;

/// <summary>One wrinkle before it is drawn.</summary>
/// <param name="Region">Where it lies.</param>
/// <param name="Points">Its course, a smooth line in face coordinates.</param>
/// <param name="Width">Greatest width between the walls at half depth, in eye distances.</param>
/// <param name="Depth">Greatest depth, 0 = none to 1 = a deep fold.</param>
/// <param name="NoiseSeed">Chooses where it swells, thins and breaks.</param>
/// <param name="Breaks">0 = unbroken, 1 = as good as dotted.</param>
internal sealed record WrinkleLine(
    WrinkleRegion Region, Vector2[] Points, float Width, float Depth, int NoiseSeed, float Breaks)
{
    /// <summary>
    /// Below this share of the greatest depth a stretch is too faint to be called part of the wrinkle.
    /// </summary>
    public const float FaintShare = 0.3f;

    /// <summary>How far tissue hangs over the line from its outer side, in eye distances; 0 for a mere line.</summary>
    public float Overhang { get; init; }

    /// <summary>How suddenly it ends: 0 = blunt, 1 = it fades over a third of its way from either end.</summary>
    public float Fading { get; init; }

    /// <summary>
    /// Depth at a share 0..1 of the way, as a share of <see cref="Depth"/>: tapered ends, uneven between.
    /// </summary>
    /// <param name="t">Share of the way.</param>
    /// <param name="lengthSoFar">The way itself in eye distances, so that short and long wrinkles are equally
    /// uneven.</param>
    public float ProfileAt(float t, float lengthSoFar)
    {
        var taper = Curves.Step(0, 0.22f, t) * Curves.Step(1, 0.72f, t);
        var uneven = 1 + (0.22f * Noise.At(lengthSoFar * 9, 0.5f, NoiseSeed));
        var gap = Noise.At(lengthSoFar * 5.5f, 7.5f, NoiseSeed + 1);
        var broken = 1 - (Breaks * Curves.Step(0.12f, 0.42f, gap));
        var fading = Fading <= 0 ? 1 : Curves.Mix(1, Curves.Step(0, 0.4f, t) * Curves.Step(1, 0.6f, t), Fading);
        return MathF.Sqrt(taper) * fading * uneven * broken;
    }

    /// <summary>Width in eye distances at a share of the way; a shallow stretch is a narrow one.</summary>
    public float WidthAt(float profile) => Width * Curves.Mix(0.5f, 1, Math.Clamp(profile, 0, 1));
}
