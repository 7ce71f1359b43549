using Rhytid.Imaging;

namespace Rhytid.Faces.Quality;

/// <summary>
/// The no-reference blur metric of Crete, Dolmiere, Ladret and Nicolas (2007): blur a picture once more; the less its
/// edges change, the more blurred it already was.
/// </summary>
internal static class BlurMetric
{
    private const int WindowPixels = 11;

    private static readonly float[] Derivative = [-1, 0, 1];
    private static readonly float[] Smoothing = [1, 2, 1];

    /// <summary>
    /// 0 (sharp) to 1 (nothing but blur); 1 for a flat picture. The worse of the two directions counts.
    /// </summary>
    public static float Compute(Plane<float> gray) => Math.Max(
        Along(gray, gray.BoxMean(WindowPixels, 1, BorderMode.Reflect), Derivative, Smoothing),
        Along(gray, gray.BoxMean(1, WindowPixels, BorderMode.Reflect), Smoothing, Derivative));

    private static float Along(Plane<float> gray, Plane<float> blurred, float[] kernelX, float[] kernelY)
    {
        var before = gray.CorrelateSeparable(kernelX, kernelY, BorderMode.Reflect);
        var after = blurred.CorrelateSeparable(kernelX, kernelY, BorderMode.Reflect);
        var (edges, lost) = (0.0, 0.0);
        // The outermost pixels see the mirrored border more than the picture.
        for (var y = 2; y < gray.Height - 1; y++)
        {
            for (var x = 2; x < gray.Width - 1; x++)
            {
                var edge = Math.Abs(before[x, y]);
                edges += edge;
                lost += Math.Max(0, edge - Math.Abs(after[x, y]));
            }
        }
        return edges == 0 ? 1 : (float)((edges - lost) / edges);
    }
}
