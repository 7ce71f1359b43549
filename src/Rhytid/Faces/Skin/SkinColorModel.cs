using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Finds facial skin without a network: an atlas of the aligned face tells what to expect where, and the photo's own
/// colours decide. See docs/explanation/skin-mask.md for how it works, how good it is and where it fails.
/// </summary>
/// <param name="options">The tuned settings unless given.</param>
public sealed class SkinColorModel(SkinColorModelOptions? options = null) : ISkinMaskProvider
{
    // Below this standard deviation of L* there is nothing to see: a blank picture.
    private const float LeastLightnessDeviation = 1;

    // Brows are thin and blur into skin on the grid, so they are taken out at a lower probability than eyes and lips.
    private const float LeastOrganProbability = 0.5f;
    private const float LeastBrowProbability = 0.3f;
    private const float OrganMarginPixels = 5;

    private readonly SkinColorModelOptions _options = options ?? SkinColorModelOptions.Default;

    /// <inheritdoc/>
    public Mask Find(FaceImage face, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        _options.Validate();
        var crop = AtlasCrop.Cut(face);
        var features = FaceFeatures.Measure(crop.Image, _options.GridSize);
        if (IsBlank(features))
            return new Mask(face.Width, face.Height);

        var labeling = FaceLabeling.Label(
            features, FaceAtlas.From(_options.Atlas), _options.Iterations, cancellationToken);
        var probability = GuidedUpsampling.Raise(labeling.Posterior(FaceClass.Skin), crop, face);
        var skin = Mask.Where(probability, p => p > _options.Threshold);
        cancellationToken.ThrowIfCancellationRequested();
        return SkinMaskCleaning.Clean(skin, Excluded(labeling, crop, face), crop.FacePixelsPerCropPixel);
    }

    private static bool IsBlank(FaceFeatures features)
    {
        var lightness = features.Values[FaceFeatures.Lightness];
        var mean = lightness.Average();
        return lightness.Average(l => (l - mean) * (l - mean)) < LeastLightnessDeviation * LeastLightnessDeviation;
    }

    // Eyes, brows, lips, nostrils and a covering, with a margin: lashes and lip edges look like wrinkles to a filter.
    private static Mask Excluded(FaceLabeling labeling, AtlasCrop crop, FaceImage face)
    {
        var organs = labeling.Posterior(FaceClass.Eye);
        var samples = organs.Samples;
        var posteriors = labeling.Posteriors;
        for (var i = 0; i < samples.Length; i++)
        {
            var brow = posteriors[(int)FaceClass.Brow][i] + (LeastOrganProbability - LeastBrowProbability);
            var other = Math.Max(posteriors[(int)FaceClass.Lips][i], posteriors[(int)FaceClass.Covering][i]);
            samples[i] = Math.Max(samples[i], Math.Max(brow, other));
        }
        var excluded = Mask.Where(crop.ToFace(organs, face), p => p > LeastOrganProbability)
            .Dilate(SkinMaskCleaning.OddSize(OrganMarginPixels * crop.FacePixelsPerCropPixel));
        var dark = Nostrils.Find(crop.Image).Or(Brows.Find(crop.Image, labeling.RegisteredPrior(FaceClass.Brow)));
        var darkOnFace = crop.ToFace(dark.AsPlane().ToFloat(), face);
        return excluded.Or(Mask.Where(darkOnFace, level => level > byte.MaxValue / 2f));
    }
}
