using Rhytid.Imaging.Native;

namespace Rhytid.Imaging;

/// <summary>Neighbourhood filters. Every one returns a new raster of the same size.</summary>
public static class Filters
{
    /// <summary>Gaussian blur.</summary>
    /// <param name="plane">Bytes or floats.</param>
    /// <param name="sigma">Standard deviation in pixels.</param>
    /// <param name="kernelSize">Odd side of the kernel in pixels; 0 = chosen from sigma.</param>
    /// <param name="border">What lies outside.</param>
    public static Plane<T> GaussianBlur<T>(
        this Plane<T> plane, double sigma, int kernelSize = 0, BorderMode border = BorderMode.Reflect101)
        where T : unmanaged =>
            Apply(plane, (from, to) => VisionLibrary.rv_gaussian_blur(from, to, kernelSize, sigma, sigma, (int)border));

    /// <summary>Gaussian blur into a plane that the caller owns, of the same size: nothing is allocated.</summary>
    public static void GaussianBlur<T>(
        this Plane<T> plane, Plane<T> result, double sigma, int kernelSize = 0,
        BorderMode border = BorderMode.Reflect101)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(result);
        Vision.Check(VisionLibrary.rv_gaussian_blur(plane.View, result.View, kernelSize, sigma, sigma, (int)border));
        GC.KeepAlive(plane);
        GC.KeepAlive(result);
    }

    /// <inheritdoc cref="GaussianBlur{T}(Plane{T}, double, int, BorderMode)"/>
    public static Image GaussianBlur(
        this Image image, double sigma, int kernelSize = 0, BorderMode border = BorderMode.Reflect101)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Vision.Apply(image, new Image(image.Width, image.Height),
            (from, to) => VisionLibrary.rv_gaussian_blur(from, to, kernelSize, sigma, sigma, (int)border));
    }

    /// <summary>Mean over a <paramref name="width"/> x <paramref name="height"/> window.</summary>
    public static Plane<T> BoxMean<T>(
        this Plane<T> plane, int width, int height, BorderMode border = BorderMode.Reflect101)
        where T : unmanaged =>
            Apply(plane, (from, to) => VisionLibrary.rv_box_filter(from, to, width, height, (int)border));

    /// <summary>Correlation with a kernel anchored at its centre (DFT-based for large kernels).</summary>
    public static Plane<float> Correlate(
        this Plane<float> plane, Plane<float> kernel, BorderMode border = BorderMode.Reflect101)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var result = Apply(plane, (from, to) => VisionLibrary.rv_filter2d(from, to, kernel.View, (int)border));
        GC.KeepAlive(kernel);
        return result;
    }

    /// <summary>Correlation with a row kernel along x and a column kernel along y; both of odd length.</summary>
    public static unsafe Plane<float> CorrelateSeparable(
        this Plane<float> plane, float[] kernelX, float[] kernelY, BorderMode border = BorderMode.Reflect101)
    {
        ArgumentNullException.ThrowIfNull(kernelX);
        ArgumentNullException.ThrowIfNull(kernelY);
        return Apply(plane, (from, to) =>
        {
            fixed (float* x = kernelX, y = kernelY)
                return VisionLibrary.rv_sep_filter(from, to, x, kernelX.Length, y, kernelY.Length, (int)border);
        });
    }

    private static Plane<T> Apply<T>(Plane<T> plane, Func<NativeView, NativeView, int> operation)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        return Vision.Apply(plane, new Plane<T>(plane.Width, plane.Height), operation);
    }
}
