using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Skin that shows nothing but skin. A skin mask follows faces, not strands: through a fringe, stubble or a net it lets
/// a painted line run over hair.
/// </summary>
internal static class PlainSkin
{
    // In eye distances: what is finer than the first is detail, over the second it is averaged.
    private const float Detail = 0.012f, Around = 0.035f;

    // As multiples of the skin's median: hair has more detail, and it is darker than skin in any usual shade.
    private const float MostDetail = 2.6f, LeastLight = 0.42f;

    /// <summary>The plain part of a skin mask.</summary>
    public static Mask Find(Mask skin, Plane<float> gray, float scale)
    {
        var smooth = gray.GaussianBlur(MathF.Max(0.8f, Detail * scale));
        var detail = new Plane<float>(gray.Width, gray.Height);
        // Relative to the light there: a shade is no smoother than its surroundings.
        for (var i = 0; i < detail.Samples.Length; i++)
            detail.Samples[i] = MathF.Abs(gray.Samples[i] - smooth.Samples[i]) / (smooth.Samples[i] + 20);
        detail = detail.GaussianBlur(Around * scale);
        var light = gray.GaussianBlur(Around * scale);
        if (Median(detail, skin) is not { } usualDetail || Median(light, skin) is not { } usualLight)
            return skin;
        var plain = new Mask(skin.Width, skin.Height);
        for (var i = 0; i < detail.Samples.Length; i++)
            plain.Samples[i] = detail.Samples[i] <= MostDetail * usualDetail
                && light.Samples[i] >= LeastLight * usualLight ? skin.Samples[i] : (byte)0;
        return plain;
    }

    private static float? Median(Plane<float> plane, Mask skin)
    {
        // The edge of the skin borrows detail from what lies beyond.
        var inside = skin.Erode(9);
        var values = new List<float>();
        for (var i = 0; i < plane.Samples.Length; i += 7)
            if (inside.Samples[i] != 0)
                values.Add(plane.Samples[i]);
        if (values.Count == 0)
            return null;
        values.Sort();
        return values[values.Count / 2];
    }
}
