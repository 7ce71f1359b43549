namespace Rhytid.Faces.Skin;

/// <summary>
/// A Gaussian mixture of the colours that one part of the picture has, such as its skin or its background.
/// </summary>
internal sealed class ColorMixture
{
    // A component that holds fewer places than this explains nothing; it stays as it is with no weight.
    private const double LeastPlaces = 8;
    private const float WeightOfAnEmptyComponent = 1e-6f;

    // A start is drawn from places that are probably right, so its spread is too small.
    private const double StartWidening = 1.5;
    private const int StartRounds = 6;

    private readonly bool _slopes;
    private readonly ColorComponent[] _components;
    private readonly float[][] _shares;

    private ColorMixture(ColorComponent[] components, bool slopes, int places)
    {
        _components = components;
        _slopes = slopes;
        _shares = Array.ConvertAll(components, _ => new float[places]);
    }

    /// <summary>
    /// Starts a mixture from places ordered by lightness and cut into equal parts: lit, middle, shaded.
    /// </summary>
    public static ColorMixture ByLightness(FaceFeatures features, float[] weights, int components, bool slopes)
    {
        var lightness = features.Values[FaceFeatures.Lightness];
        var order = Enumerable.Range(0, weights.Length).OrderBy(i => lightness[i]).ToArray();
        var total = weights.Sum();
        var part = new int[weights.Length];
        var sum = 0f;
        foreach (var i in order)
        {
            sum += weights[i];
            part[i] = Math.Min((int)(sum / total * components), components - 1);
        }
        return Start(features, weights, part, components, slopes);
    }

    /// <summary>Starts a mixture from clusters of colour (k-means): for a background that may hold anything.</summary>
    public static ColorMixture ByColor(FaceFeatures features, float[] weights, int components)
    {
        var lightness = features.Values[FaceFeatures.Lightness];
        var places =
            Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0).OrderBy(i => lightness[i]).ToArray();
        var part = new int[weights.Length];
        for (var k = 0; k < places.Length; k++)
            part[places[k]] = (int)((long)k * components / places.Length);

        for (var round = 0; round < StartRounds; round++)
        {
            var centers = Centers(features, places, part, components);
            for (var i = 0; i < part.Length; i++)
                part[i] = Nearest(features, i, centers, part[i]);
        }
        return Start(features, weights, part, components, slopes: false);
    }

    /// <summary>
    /// Writes the log-likelihood at each place and keeps the components' shares of it for <see cref="Maximize"/>.
    /// </summary>
    public void LogLikelihood(FaceFeatures features, Span<float> logLikelihood)
    {
        for (var k = 0; k < _components.Length; k++)
            _components[k].LogDensity(features, _shares[k]);
        for (var i = 0; i < logLikelihood.Length; i++)
        {
            var largest = float.NegativeInfinity;
            foreach (var share in _shares)
                largest = Math.Max(largest, share[i]);
            var sum = 0f;
            foreach (var share in _shares)
                sum += share[i] = MathF.Exp(share[i] - largest);
            foreach (var share in _shares)
                share[i] /= sum;
            logLikelihood[i] = largest + MathF.Log(sum);
        }
    }

    /// <summary>The M step: fits every component to the places that the posterior gives this mixture.</summary>
    public void Maximize(FaceFeatures features, ReadOnlySpan<float> posterior)
    {
        var totals = new double[_components.Length];
        for (var k = 0; k < totals.Length; k++)
        {
            var share = _shares[k];
            for (var i = 0; i < share.Length; i++)
                totals[k] += share[i] *= posterior[i];
        }
        var all = Math.Max(totals.Where(total => total >= LeastPlaces).Sum(), double.Epsilon);
        for (var k = 0; k < totals.Length; k++)
            _components[k] = totals[k] >= LeastPlaces
                ? ColorComponent.Fit(features, _shares[k], (float)(totals[k] / all), _slopes)
                : _components[k].WithWeight(WeightOfAnEmptyComponent);
    }

    private static ColorMixture Start(FaceFeatures features, float[] weights, int[] part, int components, bool slopes)
    {
        var total = Math.Max(weights.Sum(), float.Epsilon);
        var fitted = new ColorComponent[components];
        for (var k = 0; k < components; k++)
        {
            // A trace of every place keeps the fit defined when a part is empty.
            var own = new float[weights.Length];
            var sum = 0f;
            for (var i = 0; i < own.Length; i++)
                sum += own[i] = (part[i] == k ? weights[i] : 0) + (1e-6f * weights[i]);
            fitted[k] = ColorComponent.Fit(features, own, sum / total, slopes, StartWidening);
        }
        return new ColorMixture(fitted, slopes, weights.Length);
    }

    private static float[,] Centers(FaceFeatures features, int[] places, int[] part, int components)
    {
        var centers = new float[components, FaceFeatures.Count];
        var counts = new int[components];
        foreach (var i in places)
        {
            counts[part[i]]++;
            for (var f = 0; f < FaceFeatures.Count; f++)
                centers[part[i], f] += features.Values[f][i];
        }
        for (var k = 0; k < components; k++)
            for (var f = 0; f < FaceFeatures.Count; f++)
                centers[k, f] = counts[k] > 0 ? centers[k, f] / counts[k] : float.MaxValue;
        return centers;
    }

    private static int Nearest(FaceFeatures features, int place, float[,] centers, int fallback)
    {
        var (best, least) = (fallback, double.PositiveInfinity);
        for (var k = 0; k < centers.GetLength(0); k++)
        {
            var distance = 0.0;
            for (var f = 0; f < FaceFeatures.Count; f++)
            {
                double d = features.Values[f][place] - centers[k, f];
                distance += d * d;
            }
            if (distance < least)
                (best, least) = (k, distance);
        }
        return best;
    }
}
