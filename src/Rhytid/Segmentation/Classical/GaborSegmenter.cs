namespace Rhytid.Segmentation.Classical;

/// <summary>Gabor filter bank with geometric constraints, <c>gabor</c>.</summary>
/// <remarks>
/// Batool, Chellappa: Fast detection of facial wrinkles based on Gabor features using image morphology and geometric
/// constraints, Pattern Recognition 48 (2015).
/// Published: a Gabor bank highlights curvilinear discontinuities; morphology with geometric constraints grows lines
/// from sites of large response. Inferred: wavelengths, reconstruction along each pixel's own orientation, the
/// constraints' numbers. Ours: lighting divided out over skin only, thresholds on the response relative to its
/// surroundings (a quantile of the face would find lines on every face), centre lines drawn with a pen.
/// </remarks>
public sealed class GaborSegmenter : ClassicalSegmenter
{
    private readonly GaborOptions _options;
    private readonly OrientedFilterBank _bank;

    /// <summary>With the given or the default options.</summary>
    public GaborSegmenter(GaborOptions? options = null)
    {
        _options = options ?? new();
        _bank = OrientedFilterBank.Gabor(_options.Orientations, _options.WavelengthsPixels, _options.Aspect);
    }

    /// <inheritdoc/>
    public override string Name => "gabor";

    private protected override LineMap Segment(WorkingFace face, CancellationToken cancellationToken)
    {
        var (raw, orientation) = _bank.Apply(face.Flat, cancellationToken);
        var response = ContrastGain.Normalize(raw, face.Skin, _options.WindowPixels, _options.Floor);
        var lines = new LineFilter
        {
            MinLengthPixels = _options.MinLengthPixels,
            PenRadiusPixels = _options.PenRadiusPixels,
            MaxMeanWidthPixels = _options.MaxMeanWidthPixels,
            WidePixels = 5,
            MinWideEccentricity = 0.95,
        };
        var reconstruction = new OrientedReconstruction(_options.Orientations, _options.ElementLengthPixels);
        return new LineMap(face, response, _options.StrongRatio / ContrastGain.FullScale, strong =>
        {
            var seeds = Hysteresis.AtLeast(response, face.Searched, strong);
            var support = Hysteresis.AtLeast(
                response, face.Searched, strong * _options.WeakRatio / _options.StrongRatio);
            return new WrinkleMask(
                face.Enlarge(lines.Draw(reconstruction.Grow(seeds, support, orientation), face.Flat)));
        });
    }
}
