using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>Blurs with the same kernel along rows and columns.</summary>
internal static class SeparableFilter
{
    /// <summary>A Gaussian's samples, sum 1.</summary>
    public static float[] Gaussian(double sigma, int radius)
    {
        var kernel = new double[(2 * radius) + 1];
        for (var i = -radius; i <= radius; i++)
            kernel[i + radius] = Math.Exp(-i * i / (2 * sigma * sigma));
        var sum = kernel.Sum();
        return Array.ConvertAll(kernel, weight => (float)(weight / sum));
    }

    /// <summary>Blurs one plane.</summary>
    /// <param name="plane">Rows of <paramref name="width"/>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="kernel">An odd number of weights, 2 r + 1.</param>
    /// <returns>Rows of width - 2 r: where the kernel fits.</returns>
    public static float[] Apply(ReadOnlySpan<float> plane, int width, float[] kernel)
    {
        var (height, fits) = (plane.Length / width, width - kernel.Length + 1);
        var rows = new float[height * fits];
        for (var y = 0; y < height; y++)
            for (var i = 0; i < kernel.Length; i++)
                Add(plane.Slice((y * width) + i, fits), kernel[i], rows.AsSpan(y * fits, fits));
        var blurred = new float[(height - kernel.Length + 1) * fits];
        for (var i = 0; i < kernel.Length; i++)
            Add(rows.AsSpan(i * fits, blurred.Length), kernel[i], blurred);
        return blurred;

        static void Add(ReadOnlySpan<float> values, float weight, Span<float> sum) =>
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(values, weight, sum, sum);
    }

    /// <param name="planes">(N, 1, H, W), Float32.</param>
    /// <param name="kernel">An odd number of weights, 2 r + 1.</param>
    /// <returns>(N, 1, H - 2 r, W - 2 r): where the kernel fits.</returns>
    public static Tensor Apply(Tensor planes, float[] kernel)
    {
        var weights = Tensor.From(kernel, 1, 1, 1, kernel.Length).To(planes.Device);
        return planes.Conv2d(weights, null, 1, 0, 1).Conv2d(weights.Transpose(2, 3), null, 1, 0, 1);
    }
}
