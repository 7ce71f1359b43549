namespace Rhytid.Textures;

/// <summary>The one-dimensional weights of a Gaussian, normalised to a sum of 1.</summary>
internal static class GaussianKernel
{
    public static float[] Weights(int size, double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        if (size % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "a kernel has an odd side");

        var center = size / 2;
        var weights = new double[size];
        for (var i = 0; i < size; i++)
            weights[i] = Math.Exp(-(i - center) * (i - center) / (2 * sigma * sigma));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }
}
