using System.Numerics.Tensors;
using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Sets a filter's response against how much the filter answers all around.</summary>
/// <remarks>
/// A beard, pores or film grain answer everywhere, a wrinkle on smooth skin answers alone. Dividing by the local mean
/// keeps the second and drops the first; the floor is an absolute threshold, without which the noise of a smooth young
/// face would be amplified until it is covered with lines.
/// </remarks>
internal static class ContrastGain
{
    /// <summary>A ratio of this much and more has the value 1 in a wrinkle map.</summary>
    public const float FullScale = 8;

    /// <summary>
    /// response / (floor + local mean of |response|), divided by <see cref="FullScale"/> and clipped to 0..1.
    /// </summary>
    public static Plane<float> Normalize(Plane<float> response, Mask skin, int windowPixels, float floor)
    {
        var magnitude = new Plane<float>(response.Width, response.Height);
        TensorPrimitives.Abs(response.Samples, magnitude.Samples);
        var result = SkinMean.Box(magnitude, skin, windowPixels);
        var values = result.Samples;
        TensorPrimitives.Add(values, floor, values);
        TensorPrimitives.Divide(response.Samples, values, values);
        TensorPrimitives.Divide(values, FullScale, values);
        TensorPrimitives.Max(values, 0f, values);
        TensorPrimitives.Min(values, 1f, values);
        return result;
    }
}
