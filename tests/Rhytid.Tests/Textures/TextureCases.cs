using Rhytid.Imaging;

namespace Rhytid.Tests.Textures;

/// <summary>What several tests of texture share.</summary>
internal static class TextureCases
{
    internal static Plane<float> Noise(int width, int height, int seed)
    {
        var random = new System.Random(seed);
        var plane = new Plane<float>(width, height);
        foreach (ref var value in plane.Samples)
            value = random.Next(256);
        return plane;
    }
}
