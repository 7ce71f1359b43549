using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Wrinkles;

/// <summary>A young synthetic portrait: the smooth face to paint on, nobody's photo.</summary>
internal static class SmoothFace
{
    private static readonly Lazy<Portrait> Drawn = new(() => PortraitSynthesizer.Draw(new PortraitOptions
    {
        Seed = 12, Size = 512, Age = 19, Tone = SkinTone.Light, TiltDegrees = 0, LightDegrees = 25, SensorNoise = 1,
    }));

    public static Portrait Portrait => Drawn.Value;
}
