using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>
/// Hessian line tracking, <c>hlt</c>: wrinkles as ordered tracks, see <see cref="WrinkleMask.Tracks"/>.
/// </summary>
/// <remarks>
/// Ng, Yap, Costen, Li: Wrinkle Detection Using Hessian Line Tracking, IEEE Access 3 (2015).
/// Published: seeds from the Hessian filter, directional tracking that crosses hidden pixels. Inferred: non-maximum
/// suppression for the seeds, the step rule, the numbers. Ours: the locally normalised response of
/// <see cref="HybridHessianFilter"/> and tracks that keep a clearance from one another.
/// </remarks>
public sealed class HessianLineTrackingSegmenter : ClassicalSegmenter
{
    private readonly HessianLineTrackingOptions _options;

    /// <summary>With the given or the default options.</summary>
    public HessianLineTrackingSegmenter(HessianLineTrackingOptions? options = null) => _options = options ?? new();

    /// <inheritdoc/>
    public override string Name => "hlt";

    private protected override LineMap Segment(WorkingFace face, CancellationToken cancellationToken)
    {
        var filtered = HybridHessianFilter.Apply(face, face.Flat, _options.Filter, cancellationToken);
        return new LineMap(face, filtered.Response, _options.SeedThreshold, seed =>
        {
            var tracker = new LineTracker(filtered, face.Searched, _options with
            {
                SeedThreshold = seed,
                FollowThreshold = seed * _options.FollowThreshold / _options.SeedThreshold,
            });
            var tracks = tracker.FollowAll();
            var lines = new Mask(face.Width, face.Height);
            foreach (var (x, y) in tracks.SelectMany(track => track))
                lines[x, y] = true;
            return new WrinkleMask(face.Enlarge(LineFilter.Draw(lines, _options.PenRadiusPixels)))
            {
                Tracks = [.. tracks.Select(track => new WrinkleTrack([.. track.Select(face.ToFacePoint)]))],
            };
        });
    }
}
