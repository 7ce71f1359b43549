using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Labels a face by expectation maximisation: the atlas says what is likely where, the picture's own colours say what
/// belongs together (atlas-based segmentation as in brain imaging: Van Leemput et al. 1999, Ashburner and Friston
/// 2005).
/// </summary>
/// <remarks>
/// No colour of skin is built in, so every skin tone, coloured light and grey pictures are treated alike.
/// </remarks>
internal sealed class FaceLabeling
{
    private const int ClassCount = FaceAtlas.ClassCount + 1;

    // Log-density of a colour that no mixture knows; hair and background may be anything.
    private const float UnknownColor = -15;

    private const float Impossible = -60;

    // The atlas where it has learned face skin for the start: above this share of faces.
    private const float SkinStart = 0.85f;
    private const float StartShareOfPeak = 0.6f;

    // The neck has the face's colour but often lies in its shadow: it helps to fit the skin, a little.
    private const float NeckWeight = 0.3f;
    private const float NeckLeastSkinPrior = 0.05f;

    // Neighbours' say (mean field of a Potts model), its reach in 128ths of the crop and its floor.
    private const float NeighbourReach = 1.6f;
    private const float NeighbourFloor = 1e-4f;

    private readonly FaceFeatures _features;
    private readonly FaceAtlas _atlas;
    private readonly FaceCovering? _covering;
    private readonly ColorMixture?[] _mixtures;
    private readonly float[][] _logLikelihoods;
    private float[][] _priors;
    private AtlasPose _pose = AtlasPose.Mean;

    private FaceLabeling(FaceFeatures features, FaceAtlas atlas)
    {
        _features = features;
        _atlas = atlas;
        _covering = FaceCovering.Detect(features, atlas.Priors(features.GridSize, _pose));
        _priors = PriorsAt(features.GridSize, _pose);
        _mixtures = StartMixtures();
        _logLikelihoods = NewMaps();
        Posteriors = NewMaps();
    }

    // Classes that share a colour: neck with face, brows with hair.
    private enum Palette
    {
        Skin,
        Hair,
        Background,
        Eye,
        Lips,
        Covering,
    }

    /// <summary>[class][place]: the probabilities that each place of the grid belongs to a class.</summary>
    public float[][] Posteriors { get; }

    /// <summary>Labels a crop.</summary>
    public static FaceLabeling Label(
        FaceFeatures features, FaceAtlas atlas, int iterations, CancellationToken cancellationToken)
    {
        var labeling = new FaceLabeling(features, atlas);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isLast = iteration == iterations - 1;
            labeling.UpdateLikelihoods();
            // Colours have to settle before they can place the atlas; it moves less often than they do.
            if (iteration > 0 && iteration % 2 == 0)
                labeling.MoveAtlas();
            labeling.UpdatePosteriors(smoothings: isLast ? 2 : 1);
            if (!isLast)
                labeling.UpdateMixtures();
        }
        return labeling;
    }

    /// <summary>The posterior of one class as a picture.</summary>
    public Plane<float> Posterior(FaceClass faceClass) =>
        Plane<float>.FromPixels(Posteriors[(int)faceClass], _features.GridSize, _features.GridSize);

    /// <summary>The prior of one class, with the atlas placed on this face, as a picture.</summary>
    public Plane<float> RegisteredPrior(FaceClass faceClass) =>
        Plane<float>.FromPixels(_priors[(int)faceClass], _features.GridSize, _features.GridSize);

    private static Palette PaletteOf(FaceClass faceClass) => faceClass switch
    {
        FaceClass.Skin or FaceClass.NeckAndEars => Palette.Skin,
        FaceClass.Hair or FaceClass.Brow => Palette.Hair,
        FaceClass.Eye => Palette.Eye,
        FaceClass.Lips => Palette.Lips,
        FaceClass.Covering => Palette.Covering,
        _ => Palette.Background,
    };

    private float[][] NewMaps()
    {
        var maps = new float[ClassCount][];
        for (var c = 0; c < ClassCount; c++)
            maps[c] = new float[_features.X.Length];
        return maps;
    }

    private ColorMixture?[] StartMixtures()
    {
        // A covering has lowered the prior below its edge, so the start sees the upper face only.
        var skin =
            Weights(
                i => Prior(FaceClass.Skin, i) > SkinStart
                    ? Prior(FaceClass.Skin, i) + Prior(FaceClass.NeckAndEars, i)
                    : 0);
        return
        [
            ColorMixture.ByLightness(_features, skin, components: 3, slopes: true),
            ColorMixture.ByLightness(
                _features, Weights(i => Prior(FaceClass.Hair, i) * Prior(FaceClass.Hair, i)), components: 3,
                slopes: false),
            ColorMixture.ByColor(_features, NearPeak(FaceClass.Background), components: 4),
            ColorMixture.ByLightness(_features, NearPeak(FaceClass.Eye), components: 2, slopes: false),
            ColorMixture.ByLightness(_features, NearPeak(FaceClass.Lips), components: 2, slopes: false),
            _covering is null
                ? null
                : ColorMixture.ByLightness(_features, _covering.Seeds, components: 2, slopes: true),
        ];
    }

    private float Prior(FaceClass faceClass, int place) => _priors[(int)faceClass][place];

    private float[] Weights(Func<int, float> weightOf)
    {
        var weights = new float[_features.X.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = weightOf(i);
        return weights;
    }

    private float[] NearPeak(FaceClass faceClass)
    {
        var prior = _priors[(int)faceClass];
        var least = StartShareOfPeak * prior.Max();
        return Weights(i => prior[i] > least ? prior[i] : 0);
    }

    private float[][] PriorsAt(int gridSize, AtlasPose pose)
    {
        var atlas = _atlas.Priors(gridSize, pose);
        var covering = new float[gridSize * gridSize];
        if (_covering is not null)
        {
            var skin = atlas[(int)FaceClass.Skin];
            var lips = atlas[(int)FaceClass.Lips];
            for (var i = 0; i < covering.Length; i++)
            {
                var share = FaceCovering.ShareAt((i / gridSize + 0.5f) / gridSize);
                covering[i] = share * (skin[i] + lips[i]);
                skin[i] *= 1 - share;
                lips[i] *= 1 - share;
            }
        }
        return [.. atlas, covering];
    }

    private void UpdateLikelihoods()
    {
        var byPalette = new float[_mixtures.Length][];
        for (var p = 0; p < byPalette.Length; p++)
        {
            byPalette[p] = new float[_features.X.Length];
            if (_mixtures[p] is { } mixture)
                mixture.LogLikelihood(_features, byPalette[p]);
            else
                Array.Fill(byPalette[p], Impossible);
        }
        for (var c = 0; c < ClassCount; c++)
        {
            var unknown = (FaceClass)c is FaceClass.Hair or FaceClass.Background ? UnknownColor : Impossible;
            var from = byPalette[(int)PaletteOf((FaceClass)c)];
            var to = _logLikelihoods[c];
            for (var i = 0; i < to.Length; i++)
                to[i] = LogOfSum(from[i], unknown);
        }
    }

    private void MoveAtlas()
    {
        _pose = AtlasRegistration.Refine(_logLikelihoods, _features.GridSize, _pose, PriorsAt);
        _priors = PriorsAt(_features.GridSize, _pose);
    }

    private void UpdatePosteriors(int smoothings)
    {
        var scores = NewMaps();
        for (var c = 0; c < ClassCount; c++)
            for (var i = 0; i < scores[c].Length; i++)
                scores[c][i] = MathF.Log(_priors[c][i] + 1e-12f) + _logLikelihoods[c][i];
        Normalize(scores);

        var sigma = NeighbourReach * _features.GridSize / 128;
        for (var round = 0; round < smoothings; round++)
        {
            var smooth = NewMaps();
            for (var c = 0; c < ClassCount; c++)
            {
                var neighbours = Posterior((FaceClass)c).GaussianBlur(sigma).Samples;
                for (var i = 0; i < neighbours.Length; i++)
                    smooth[c][i] = scores[c][i] + MathF.Log(neighbours[i] + NeighbourFloor);
            }
            Normalize(smooth);
        }
    }

    // Scores are logarithms up to a constant per place.
    private void Normalize(float[][] scores)
    {
        for (var i = 0; i < _features.X.Length; i++)
        {
            var largest = float.NegativeInfinity;
            for (var c = 0; c < ClassCount; c++)
                largest = Math.Max(largest, scores[c][i]);
            var sum = 0f;
            for (var c = 0; c < ClassCount; c++)
                sum += Posteriors[c][i] = MathF.Exp(scores[c][i] - largest);
            for (var c = 0; c < ClassCount; c++)
                Posteriors[c][i] /= sum;
        }
    }

    private void UpdateMixtures()
    {
        var posterior = new float[_features.X.Length];
        for (var p = 0; p < _mixtures.Length; p++)
        {
            Array.Clear(posterior);
            for (var c = 0; c < ClassCount; c++)
                if ((int)PaletteOf((FaceClass)c) == p)
                    AddPosterior((FaceClass)c, posterior);
            _mixtures[p]?.Maximize(_features, posterior);
        }
    }

    private void AddPosterior(FaceClass faceClass, float[] sum)
    {
        var own = Posteriors[(int)faceClass];
        for (var i = 0; i < sum.Length; i++)
            sum[i] += faceClass == FaceClass.NeckAndEars
                ? Prior(FaceClass.Skin, i) > NeckLeastSkinPrior ? NeckWeight * own[i] : 0
                : own[i];
    }

    private static float LogOfSum(float a, float b)
    {
        var largest = Math.Max(a, b);
        return largest + MathF.Log(MathF.Exp(a - largest) + MathF.Exp(b - largest));
    }
}
