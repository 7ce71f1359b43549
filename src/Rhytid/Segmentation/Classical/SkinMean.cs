using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>
/// Local means over skin only. A plain blur would carry dark hair and bright background into the face, and every filter
/// would then find a line along the mask's edge.
/// </summary>
internal static class SkinMean
{
    /// <summary>
    /// Grey level of evenly lit skin after <see cref="Flatten"/>, and of everything outside the skin.
    /// </summary>
    public const float FlatGray = 128;

    /// <summary>Divides out slow shading: 128 * gray / (local mean + 1), and 128 outside the skin.</summary>
    /// <param name="gray">Grey levels.</param>
    /// <param name="skin">Where the mean is taken.</param>
    /// <param name="sigmaPixels">Width of the Gaussian window.</param>
    public static Plane<float> Flatten(Plane<float> gray, Mask skin, double sigmaPixels)
    {
        var weight = Weights(skin);
        var mean = Within(gray, skin).GaussianBlur(sigmaPixels);
        var coverage = weight.GaussianBlur(sigmaPixels).Samples;
        var result = new Plane<float>(gray.Width, gray.Height);
        var from = gray.Samples;
        var sum = mean.Samples;
        var inside = skin.Samples;
        var to = result.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = inside[i] == 0 ? FlatGray : FlatGray * from[i] / ((sum[i] / MathF.Max(coverage[i], 1e-3f)) + 1);
        return result;
    }

    /// <summary>Mean of a response that is nowhere negative, over a square window.</summary>
    public static Plane<float> Box(Plane<float> response, Mask skin, int windowPixels)
    {
        var mean = Within(response, skin).BoxMean(windowPixels, windowPixels);
        var coverage = Weights(skin).BoxMean(windowPixels, windowPixels).Samples;
        var values = mean.Samples;
        for (var i = 0; i < values.Length; i++)
            values[i] /= MathF.Max(coverage[i], 0.02f); // a window with next to no skin says nothing
        return mean;
    }

    private static Plane<float> Within(Plane<float> plane, Mask skin)
    {
        var result = new Plane<float>(plane.Width, plane.Height);
        var from = plane.Samples;
        var inside = skin.Samples;
        var to = result.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = inside[i] == 0 ? 0 : from[i];
        return result;
    }

    private static Plane<float> Weights(Mask skin)
    {
        var result = new Plane<float>(skin.Width, skin.Height);
        var inside = skin.Samples;
        var to = result.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = inside[i] == 0 ? 0 : 1;
        return result;
    }
}
