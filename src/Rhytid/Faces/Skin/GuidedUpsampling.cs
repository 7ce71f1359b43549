using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Brings a coarse probability map to a face image's size along the picture's own edges (fast guided filter, He, Sun
/// and Tang 2013; He and Sun 2015): near each place the result is a linear function of the grey level, fitted at the
/// coarse size.
/// </summary>
internal static class GuidedUpsampling
{
    private const int GuideSize = 256;
    private const int RadiusPixels = 3;

    // Variance of grey levels (0 to 1) below which a window counts as flat.
    private const float Smoothness = 2e-3f;

    /// <summary>Raises a map to the face image's size.</summary>
    /// <param name="coarse">A map over the crop.</param>
    /// <param name="crop">Where the crop lies in the face image.</param>
    /// <param name="face">The face, whose grey levels guide.</param>
    public static Plane<float> Raise(Plane<float> coarse, AtlasCrop crop, FaceImage face)
    {
        var guide = crop.Image.ToGray().Resize(GuideSize, GuideSize).ToFloat();
        foreach (ref var level in guide.Samples)
            level /= byte.MaxValue;
        var map = coarse.Resize(GuideSize, GuideSize, Interpolation.Linear);

        var (slope, offset) = LocalLines(guide, map);
        var slopes = crop.ToFace(slope, face);
        var raised = crop.ToFace(offset, face);
        var gray = face.Gray.Samples;
        var a = slopes.Samples;
        var result = raised.Samples;
        for (var i = 0; i < result.Length; i++)
            result[i] += a[i] * gray[i] / byte.MaxValue;
        return raised;
    }

    private static (Plane<float> Slope, Plane<float> Offset) LocalLines(Plane<float> guide, Plane<float> map)
    {
        var meanGuide = Mean(guide);
        var meanMap = Mean(map);
        var slope = Mean(Product(guide, map));
        var variance = Mean(Product(guide, guide));
        var offset = new Plane<float>(guide.Width, guide.Height);
        var mg = meanGuide.Samples;
        var mm = meanMap.Samples;
        var s = slope.Samples;
        var v = variance.Samples;
        var o = offset.Samples;
        for (var i = 0; i < s.Length; i++)
        {
            s[i] = (s[i] - (mg[i] * mm[i])) / (v[i] - (mg[i] * mg[i]) + Smoothness);
            o[i] = mm[i] - (s[i] * mg[i]);
        }
        return (Mean(slope), Mean(offset));
    }

    private static Plane<float> Mean(Plane<float> plane) =>
        plane.BoxMean((2 * RadiusPixels) + 1, (2 * RadiusPixels) + 1);

    private static Plane<float> Product(Plane<float> a, Plane<float> b)
    {
        var product = new Plane<float>(a.Width, a.Height);
        System.Numerics.Tensors.TensorPrimitives.Multiply<float>(a.Samples, b.Samples, product.Samples);
        return product;
    }
}
