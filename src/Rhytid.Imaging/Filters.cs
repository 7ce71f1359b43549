using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>Neighbourhood filters. Every one returns a new raster of the same size.</summary>
public static class Filters
{
    private const int SameDepth = -1;

    /// <summary>Gaussian blur.</summary>
    /// <param name="plane">Bytes or floats.</param>
    /// <param name="sigma">Standard deviation in pixels.</param>
    /// <param name="kernelSize">Odd side of the kernel in pixels; 0 = chosen from sigma.</param>
    /// <param name="border">What lies outside.</param>
    public static Plane<T> GaussianBlur<T>(
        this Plane<T> plane, double sigma, int kernelSize = 0, BorderMode border = BorderMode.Reflect101)
        where T : unmanaged =>
            Apply(plane, (from, to) => Blur(from, to, sigma, kernelSize, border));

    /// <summary>Gaussian blur into a plane that the caller owns, of the same size: nothing is allocated.</summary>
    public static void GaussianBlur<T>(
        this Plane<T> plane, Plane<T> result, double sigma, int kernelSize = 0,
        BorderMode border = BorderMode.Reflect101)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(result);
        OpenCv.Apply(plane, result, (from, to) => Blur(from, to, sigma, kernelSize, border));
    }

    /// <inheritdoc cref="GaussianBlur{T}(Plane{T}, double, int, BorderMode)"/>
    public static Image GaussianBlur(
        this Image image, double sigma, int kernelSize = 0, BorderMode border = BorderMode.Reflect101)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OpenCv.Apply(image, new Image(image.Width, image.Height),
            (from, to) => Blur(from, to, sigma, kernelSize, border));
    }

    /// <summary>Mean over a <paramref name="width"/> x <paramref name="height"/> window.</summary>
    public static Plane<T> BoxMean<T>(
        this Plane<T> plane, int width, int height, BorderMode border = BorderMode.Reflect101)
        where T : unmanaged =>
            Apply(plane, (from, to) => Cv2.BoxFilter(
                from, to, SameDepth, new Size(width, height), borderType: (BorderTypes)border));

    /// <summary>Correlation with a kernel anchored at its centre (DFT-based for large kernels).</summary>
    public static Plane<float> Correlate(
        this Plane<float> plane, Plane<float> kernel, BorderMode border = BorderMode.Reflect101)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var result = Apply(plane, (from, to) =>
        {
            using var weights = kernel.AsMat();
            Cv2.Filter2D(from, to, SameDepth, weights, borderType: (BorderTypes)border);
        });
        GC.KeepAlive(kernel);
        return result;
    }

    /// <summary>Correlation with a row kernel along x and a column kernel along y; both of odd length.</summary>
    public static Plane<float> CorrelateSeparable(
        this Plane<float> plane, float[] kernelX, float[] kernelY, BorderMode border = BorderMode.Reflect101)
    {
        ArgumentNullException.ThrowIfNull(kernelX);
        ArgumentNullException.ThrowIfNull(kernelY);
        return Apply(plane, (from, to) =>
        {
            using var x = Mat.FromPixelData(1, kernelX.Length, MatType.CV_32FC1, kernelX);
            using var y = Mat.FromPixelData(1, kernelY.Length, MatType.CV_32FC1, kernelY);
            Cv2.SepFilter2D(from, to, SameDepth, x, y, borderType: (BorderTypes)border);
        });
    }

    private static void Blur(Mat from, Mat to, double sigma, int kernelSize, BorderMode border) =>
        Cv2.GaussianBlur(from, to, new Size(kernelSize, kernelSize), sigma, sigma, (BorderTypes)border);

    private static Plane<T> Apply<T>(Plane<T> plane, Action<Mat, Mat> operation)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        return OpenCv.Apply(plane, new Plane<T>(plane.Width, plane.Height), operation);
    }
}
