using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Second derivatives of a picture at one scale, and what they say about lines.</summary>
/// <param name="Xx">Along x twice, multiplied by sigma squared so that scales compare.</param>
/// <param name="Yy">Along y twice.</param>
/// <param name="Xy">Along x and y.</param>
internal sealed record Hessian(Plane<float> Xx, Plane<float> Yy, Plane<float> Xy)
{
    /// <summary>Gaussian derivatives.</summary>
    /// <param name="image">Grey levels.</param>
    /// <param name="sigmaPixels">The scale.</param>
    public static Hessian At(Plane<float> image, double sigmaPixels)
    {
        var radius = (int)Math.Ceiling(4 * sigmaPixels);
        var offsets = Enumerable.Range(-radius, (2 * radius) + 1).Select(i => (double)i).ToArray();
        var weights = Array.ConvertAll(offsets, x => Math.Exp(-x * x / (2 * sigmaPixels * sigmaPixels)));
        var sum = weights.Sum();
        var smooth = Array.ConvertAll(weights, w => (float)(w / sum));
        var first = Kernel((x, w) => -x / sigmaPixels * w);
        var second = Kernel((x, w) => ((x * x / (sigmaPixels * sigmaPixels)) - 1) * w);
        // Sampling leaves the second derivative a small sum, which would answer to plain grey.
        var bias = second.Sum();
        for (var i = 0; i < second.Length; i++)
            second[i] -= bias * smooth[i];
        return new Hessian(
            image.CorrelateSeparable(second, smooth),
            image.CorrelateSeparable(smooth, second),
            image.CorrelateSeparable(first, first));

        float[] Kernel(Func<double, double, double> value) =>
            [.. offsets.Zip(weights, (x, w) => (float)(value(x, w) / sum))];
    }

    /// <summary>The curvature across a dark line, as the largest over some scales; 0 where there is none.</summary>
    public static Plane<float> RidgeStrength(Plane<float> image, IEnumerable<double> scalesPixels)
    {
        var strength = new Plane<float>(image.Width, image.Height);
        foreach (var scale in scalesPixels)
        {
            var hessian = At(image, scale);
            var xx = hessian.Xx.Samples;
            var yy = hessian.Yy.Samples;
            var xy = hessian.Xy.Samples;
            var to = strength.Samples;
            for (var i = 0; i < to.Length; i++)
                to[i] = MathF.Max(to[i], Eigenvalues(xx[i], yy[i], xy[i]).Large);
        }
        return strength;
    }

    /// <summary>
    /// The eigenvalues at a pixel, named so that |large| >= |small|; large is positive on a dark line.
    /// </summary>
    public static (float Large, float Small) Eigenvalues(float xx, float yy, float xy)
    {
        var half = (xx + yy) / 2;
        var spread = MathF.Sqrt(((xx - yy) * (xx - yy)) + (4 * xy * xy)) / 2;
        return half >= 0 ? (half + spread, half - spread) : (half - spread, half + spread);
    }

    /// <summary>
    /// Direction across a dark line (the eigenvector of the positive large eigenvalue), in radians from x towards y.
    /// </summary>
    public static float NormalAngle(float xx, float yy, float xy) => 0.5f * MathF.Atan2(2 * xy, xx - yy);
}
