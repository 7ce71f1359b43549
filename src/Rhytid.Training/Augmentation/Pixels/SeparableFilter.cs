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

    /// <param name="planes">(N, 1, H, W), Float32.</param>
    /// <param name="kernel">An odd number of weights, 2 r + 1.</param>
    /// <returns>(N, 1, H - 2 r, W - 2 r): where the kernel fits.</returns>
    public static Tensor Apply(Tensor planes, float[] kernel)
    {
        var weights = Tensor.From(kernel, 1, 1, 1, kernel.Length).To(planes.Device);
        return planes.Conv2d(weights, null, 1, 0, 1).Conv2d(weights.Transpose(2, 3), null, 1, 0, 1);
    }
}
