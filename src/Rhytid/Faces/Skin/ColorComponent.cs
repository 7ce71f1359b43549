using MathNet.Numerics.LinearAlgebra;

namespace Rhytid.Faces.Skin;

/// <summary>
/// One Gaussian of a colour mixture. Its mean may change linearly over the picture, so that light from one side is
/// part of the model and not a second colour of skin.
/// </summary>
internal sealed class ColorComponent
{
    private const int Features = FaceFeatures.Count;

    // Pulls slopes towards 0, as if this share of the pixels spoke for even light.
    private const double SlopeShrinkage = 0.1;

    // Places that count less than this change no fit; most places belong to one component.
    private const float LeastResponsibility = 1e-6f;

    // Variances that no component falls below: of L*, a*, b* and contrast.
    private static readonly double[] LeastVariance = [9, 2, 2, 3];

    // Mean of feature f at a place = _mean[0, f] + _mean[1, f] x + _mean[2, f] y.
    private readonly double[,] _mean;
    private readonly float[] _whitening = new float[Features * (Features + 1) / 2];
    private readonly float _logScale;

    private ColorComponent(ColorComponent shape, float weight)
    {
        (_mean, _whitening, _logScale) = (shape._mean, shape._whitening, shape._logScale);
        Weight = weight;
    }

    private ColorComponent(double[,] mean, double[,] covariance, float weight)
    {
        _mean = mean;
        Weight = weight;
        var factor = Symmetric(covariance).Cholesky();
        var inverse = factor.Factor.Inverse();
        for (int row = 0, k = 0; row < Features; row++)
            for (var column = 0; column <= row; column++)
                _whitening[k++] = (float)inverse[row, column];
        _logScale = (float)(-(factor.DeterminantLn / 2) - (Features / 2.0 * Math.Log(2 * Math.PI)));
    }

    /// <summary>Share of its mixture, 0 to 1.</summary>
    public float Weight { get; }

    /// <summary>The weighted maximum-likelihood Gaussian, regularised.</summary>
    /// <param name="features">The measurements.</param>
    /// <param name="responsibilities">How much each place counts.</param>
    /// <param name="mixtureWeight">Share of the mixture.</param>
    /// <param name="slopes">Whether the mean may change over the picture.</param>
    /// <param name="widening">Factor on the covariance: above 1 for a start that is only roughly right.</param>
    public static ColorComponent Fit(
        FaceFeatures features, float[] responsibilities, float mixtureWeight, bool slopes, double widening = 1)
    {
        var mean = FitMean(features, responsibilities, slopes);
        var covariance = new double[Features, Features];
        var total = 0.0;
        Span<double> residual = stackalloc double[Features];
        var values = features.Values;
        for (var i = 0; i < responsibilities.Length; i++)
        {
            double weight = responsibilities[i];
            if (weight <= LeastResponsibility)
                continue;
            total += weight;
            var (x, y) = (features.X[i], features.Y[i]);
            for (var f = 0; f < Features; f++)
                residual[f] = values[f][i] - (mean[0, f] + (mean[1, f] * x) + (mean[2, f] * y));
            for (var row = 0; row < Features; row++)
                for (var column = 0; column <= row; column++)
                    covariance[row, column] += weight * residual[row] * residual[column];
        }
        for (var row = 0; row < Features; row++)
            for (var column = 0; column <= row; column++)
                covariance[row, column] = widening
                    * ((covariance[row, column] / Math.Max(total, double.Epsilon))
                        + (row == column ? LeastVariance[row] : 0));
        return new ColorComponent(mean, covariance, mixtureWeight);
    }

    /// <summary>The same Gaussian with another share of its mixture.</summary>
    public ColorComponent WithWeight(float weight) => new(this, weight);

    /// <summary>Writes the logarithm of weight times density at each place.</summary>
    public void LogDensity(FaceFeatures features, Span<float> logDensity)
    {
        var (l, a, b, t) = (features.Values[0], features.Values[1], features.Values[2], features.Values[3]);
        var w = _whitening;
        var constant = _logScale + MathF.Log(Weight + 1e-9f);
        var (l0, lx, ly) = Line(FaceFeatures.Lightness);
        var (a0, ax, ay) = Line(FaceFeatures.GreenRed);
        var (b0, bx, by) = Line(FaceFeatures.BlueYellow);
        var (t0, tx, ty) = Line(FaceFeatures.Contrast);
        for (var i = 0; i < logDensity.Length; i++)
        {
            var x = features.X[i];
            var y = features.Y[i];
            var dl = l[i] - (l0 + (lx * x) + (ly * y));
            var da = a[i] - (a0 + (ax * x) + (ay * y));
            var db = b[i] - (b0 + (bx * x) + (by * y));
            var dt = t[i] - (t0 + (tx * x) + (ty * y));
            var z0 = w[0] * dl;
            var z1 = (w[1] * dl) + (w[2] * da);
            var z2 = (w[3] * dl) + (w[4] * da) + (w[5] * db);
            var z3 = (w[6] * dl) + (w[7] * da) + (w[8] * db) + (w[9] * dt);
            logDensity[i] = constant - (0.5f * ((z0 * z0) + (z1 * z1) + (z2 * z2) + (z3 * z3)));
        }
    }

    private (float Constant, float SlopeX, float SlopeY) Line(int feature) =>
        ((float)_mean[0, feature], (float)_mean[1, feature], (float)_mean[2, feature]);

    // Weighted least squares on 1, x, y (or on 1 alone, which is the weighted mean).
    private static double[,] FitMean(FaceFeatures features, float[] responsibilities, bool slopes)
    {
        var terms = slopes ? 3 : 1;
        var normal = new double[terms, terms];
        var right = new double[Features][];
        for (var f = 0; f < Features; f++)
            right[f] = new double[terms];
        Span<double> basis = stackalloc double[3];
        basis[0] = 1;
        for (var i = 0; i < responsibilities.Length; i++)
        {
            double weight = responsibilities[i];
            if (weight <= LeastResponsibility)
                continue;
            (basis[1], basis[2]) = (features.X[i], features.Y[i]);
            for (var row = 0; row < terms; row++)
            {
                for (var column = 0; column <= row; column++)
                    normal[row, column] += weight * basis[row] * basis[column];
                for (var f = 0; f < Features; f++)
                    right[f][row] += weight * basis[row] * features.Values[f][i];
            }
        }
        var total = normal[0, 0];
        for (var row = 0; row < terms; row++)
            normal[row, row] += 1e-9 + (row == 0 ? 0 : SlopeShrinkage * total);

        var factor = Symmetric(normal).Cholesky();
        var mean = new double[3, Features];
        for (var f = 0; f < Features; f++)
        {
            var coefficients = factor.Solve(Vector<double>.Build.Dense(right[f]));
            for (var row = 0; row < terms; row++)
                mean[row, f] = coefficients[row];
        }
        return mean;
    }

    // Only lower triangles are summed.
    private static Matrix<double> Symmetric(double[,] lower) => Matrix<double>.Build.Dense(
        lower.GetLength(0), lower.GetLength(1),
        (row, column) => lower[Math.Max(row, column), Math.Min(row, column)]);
}
