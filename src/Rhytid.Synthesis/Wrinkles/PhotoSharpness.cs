using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// How sharp and how noisy a photo is, so that what is painted into it is neither sharper nor cleaner.
/// </summary>
/// <param name="BlurPixels">Standard deviation of the blur of its sharpest edges, in pixels.</param>
/// <param name="NoiseLevels">Standard deviation of the noise on the skin, in grey levels.</param>
internal readonly record struct PhotoSharpness(float BlurPixels, float NoiseLevels)
{
    private const float Least = 0.4f, Most = 3;

    /// <summary>
    /// Blurs the photo once more and looks how much the strongest edges lose (Zhuo and Sim, 2011): an edge of blur s
    /// loses the factor sqrt(1 + s0^2 / s^2) of its slope.
    /// </summary>
    /// <param name="gray">Grey levels of the window.</param>
    /// <param name="skin">Its skin.</param>
    public static PhotoSharpness Measure(Plane<float> gray, Mask skin)
    {
        const float ReBlur = 1, StrongShare = 0.02f;
        var blurred = gray.GaussianBlur(ReBlur);
        var slopes = new List<(float Blurred, float Loss)>();
        for (var y = 1; y + 1 < gray.Height; y++)
            for (var x = 1; x + 1 < gray.Width; x++)
                if (Slope(blurred, x, y) is > 2 and var after)
                    slopes.Add((after, Slope(gray, x, y) / after));
        if (slopes.Count < 100)
            return new PhotoSharpness(Most, Noise(gray, blurred, skin));
        slopes.Sort((a, b) => b.Blurred.CompareTo(a.Blurred));
        var strong =
            slopes.Take(Math.Max(100, (int)(slopes.Count * StrongShare))).Select(edge => edge.Loss).Order().ToList();
        var loss = strong[strong.Count * 3 / 4];
        var blur = loss <= 1.001f ? Most : ReBlur / MathF.Sqrt((loss * loss) - 1);
        return new PhotoSharpness(Math.Clamp(blur, Least, Most), Noise(gray, blurred, skin));
    }

    // The median of what a blur takes away; 1.48 makes it a deviation, 1.2 undoes what the blur leaves of white noise.
    private static float Noise(Plane<float> gray, Plane<float> blurred, Mask skin)
    {
        var inside = skin.Erode(9);
        var rest = new List<float>();
        for (var i = 0; i < gray.Samples.Length; i += 3)
            if (inside.Samples[i] != 0)
                rest.Add(MathF.Abs(gray.Samples[i] - blurred.Samples[i]));
        if (rest.Count == 0)
            return 0;
        rest.Sort();
        return 1.2f * 1.48f * rest[rest.Count / 2];
    }

    private static float Slope(Plane<float> plane, int x, int y)
    {
        var (dx, dy) = ((plane[x + 1, y] - plane[x - 1, y]) / 2, (plane[x, y + 1] - plane[x, y - 1]) / 2);
        return MathF.Sqrt((dx * dx) + (dy * dy));
    }
}
