using System.Numerics.Tensors;
using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Filters that answer to a dark line at one orientation each; a pixel keeps the strongest answer.</summary>
internal sealed class OrientedFilterBank
{
    private readonly (int Orientation, Plane<float> Kernel)[] _filters;

    private OrientedFilterBank(int orientations, IEnumerable<(int, Plane<float>)> filters)
    {
        Orientations = orientations;
        _filters = [.. filters];
    }

    /// <summary>
    /// How many orientations, evenly spaced over 180 degrees. Orientation k's line runs along 180 k / n + 90 degrees.
    /// </summary>
    public int Orientations { get; }

    /// <summary>Even Gabor filters with zero mean and unit absolute sum.</summary>
    /// <param name="orientations">Number of orientations.</param>
    /// <param name="wavelengthsPixels">One set of filters each; sigma is half a wavelength.</param>
    /// <param name="aspect">gamma: width over length of the Gaussian.</param>
    public static OrientedFilterBank Gabor(int orientations, IEnumerable<float> wavelengthsPixels, double aspect) =>
        new(orientations, from wavelength in wavelengthsPixels
                          from k in Enumerable.Range(0, orientations)
                          select (k, GaborKernel(Math.PI * k / orientations, wavelength, aspect)));

    /// <summary>Second derivatives across a line, averaged along it by a longer Gaussian; scale-normalised.</summary>
    public static OrientedFilterBank SecondDerivative(
        int orientations, double sigmaAcrossPixels, double sigmaAlongPixels) =>
        new(orientations, from k in Enumerable.Range(0, orientations)
                          select (k,
                              SecondDerivativeKernel(Math.PI * k / orientations, sigmaAcrossPixels, sigmaAlongPixels)));

    /// <summary>The strongest response per pixel, positive on dark lines, and the orientation it came from.</summary>
    public (Plane<float> Response, Plane<byte> Orientation) Apply(
        Plane<float> image, CancellationToken cancellationToken)
    {
        var best = new Plane<float>(image.Width, image.Height);
        var orientation = new Plane<byte>(image.Width, image.Height);
        best.Samples.Fill(float.NegativeInfinity);
        foreach (var (k, kernel) in _filters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var response = image.Correlate(kernel, BorderMode.Reflect).Samples;
            var to = best.Samples;
            var index = orientation.Samples;
            for (var i = 0; i < to.Length; i++)
            {
                if (response[i] > to[i])
                    (to[i], index[i]) = (response[i], (byte)k);
            }
        }
        return (best, orientation);
    }

    private static Plane<float> GaborKernel(double angle, double wavelength, double aspect)
    {
        var sigma = 0.5 * wavelength;
        var envelope = Sample(angle, (int)Math.Ceiling(3 * sigma / aspect),
            (u, v) => Math.Exp(-((u * u) + (aspect * aspect * v * v)) / (2 * sigma * sigma)));
        var wave = Sample(angle, envelope.Width / 2, (u, _) => Math.Cos(2 * Math.PI * u / wavelength));
        var mean = TensorPrimitives.Dot(envelope.Samples, wave.Samples) / TensorPrimitives.Sum(envelope.Samples);
        var kernel = wave.Samples;
        TensorPrimitives.Subtract(kernel, mean, kernel);
        TensorPrimitives.Multiply(kernel, envelope.Samples, kernel);
        // negated: dark lines answer positively
        TensorPrimitives.Divide(kernel, -TensorPrimitives.SumOfMagnitudes<float>(kernel), kernel);
        return wave;
    }

    private static Plane<float> SecondDerivativeKernel(double angle, double across, double along)
    {
        var gaussian = Sample(angle, (int)Math.Ceiling(2.5 * along),
            (u, v) => Math.Exp((-u * u / (2 * across * across)) - (v * v / (2 * along * along))));
        var derivative = Sample(angle, gaussian.Width / 2, (u, _) => (u * u / (across * across)) - 1);
        var kernel = derivative.Samples;
        TensorPrimitives.Divide(gaussian.Samples, TensorPrimitives.Sum(gaussian.Samples), gaussian.Samples);
        var mean = TensorPrimitives.Dot(gaussian.Samples, derivative.Samples);
        // sampling leaves a small sum, which would answer to plain grey
        TensorPrimitives.Subtract(kernel, mean, kernel);
        TensorPrimitives.Multiply(kernel, gaussian.Samples, kernel);
        return derivative;
    }

    // u runs across the line, v along it.
    private static Plane<float> Sample(double angle, int radius, Func<double, double, double> value)
    {
        var (sin, cos) = Math.SinCos(angle);
        var kernel = new Plane<float>((2 * radius) + 1, (2 * radius) + 1);
        for (var y = -radius; y <= radius; y++)
            for (var x = -radius; x <= radius; x++)
                kernel[x + radius, y + radius] = (float)value((x * cos) + (y * sin), (y * cos) - (x * sin));
        return kernel;
    }
}
