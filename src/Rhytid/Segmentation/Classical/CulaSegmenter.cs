using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Oriented lines against local noise, with length and depth of every wrinkle, <c>cula</c>.</summary>
/// <remarks>
/// Cula, Bargo, Nkengne, Kollias: Assessing facial wrinkles: automatic detection and quantification, Skin Research and
/// Technology 19 (2013).
/// Published: orientation estimated by elongated oriented filters, noise threshold, length and contrast combined into a
/// score. Inferred: second derivatives of Gaussians as the filters. Ours: the mean absolute response stands for the
/// noise (a median over a window costs more than everything else together), hysteresis, a wrinkle's path is the longest
/// one through its centre line.
/// </remarks>
public sealed class CulaSegmenter : ClassicalSegmenter
{
    private readonly CulaOptions _options;
    private readonly OrientedFilterBank _bank;

    /// <summary>With the given or the default options.</summary>
    public CulaSegmenter(CulaOptions? options = null)
    {
        _options = options ?? new();
        _bank = OrientedFilterBank.SecondDerivative(
            _options.Orientations, _options.SigmaAcrossPixels, _options.SigmaAlongPixels);
    }

    /// <inheritdoc/>
    public override string Name => "cula";

    /// <summary>Length times mean depth, summed over the wrinkles of a mask that this method made.</summary>
    public static float Score(WrinkleMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return mask.Tracks.Sum(track => track.LengthPixels * (track.DepthGrayLevels ?? 0));
    }

    private protected override LineMap Segment(WorkingFace face, CancellationToken cancellationToken)
    {
        var (raw, _) = _bank.Apply(face.Flat, cancellationToken);
        var response = ContrastGain.Normalize(raw, face.Skin, _options.WindowPixels, _options.Floor);
        var lines = new LineFilter
        {
            MinLengthPixels = _options.MinLengthPixels,
            PenRadiusPixels = _options.PenRadiusPixels
        };
        return new LineMap(face, response, _options.StrongRatio / ContrastGain.FullScale, strong =>
        {
            var support = Hysteresis.Link(
                response, face.Searched, strong, strong * _options.WeakRatio / _options.StrongRatio);
            var centers = lines.CenterLines(support, face.Flat);
            return new WrinkleMask(face.Enlarge(LineFilter.Draw(centers, _options.PenRadiusPixels)))
            {
                Tracks = Measure(face, centers)
            };
        });
    }

    private IReadOnlyList<WrinkleTrack> Measure(WorkingFace face, Mask centers)
    {
        // Depth in grey levels of the photo: the flattened picture is relative to skin of 128.
        var around = SkinMean.Flatten(face.Gray, face.Skin, _options.DepthSigmaPixels);
        return [.. CenterLinePaths.Longest(centers).Select(path => Track(face, around, path))];
    }

    private static WrinkleTrack Track(WorkingFace face, Plane<float> around, IReadOnlyList<(int X, int Y)> path)
    {
        var depth = path.Average(p =>
        {
            var share = around[p.X, p.Y] / SkinMean.FlatGray; // gray / (local mean + 1)
            return share <= 0 ? 0 : face.Gray[p.X, p.Y] * ((1 / share) - 1);
        });
        return new WrinkleTrack([.. path.Select(face.ToFacePoint)]) { DepthGrayLevels = depth };
    }
}
