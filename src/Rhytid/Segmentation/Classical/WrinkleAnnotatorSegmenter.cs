using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Fine and coarse wrinkles, <c>annotator</c>; see <see cref="WrinkleMask.Levels"/>.</summary>
/// <remarks>
/// Yap, Alarifi, Ng, Batool, Walker: Automated Facial Wrinkles Annotator, ECCV Workshops 2018.
/// Published: built on the hybrid Hessian filter, in both directions, for the whole face; separates coarse wrinkles
/// from fine ones. Inferred: coarse means that the scale-normalised ridge answers most strongly at a wide scale
/// (Lindeberg's scale selection). Ours: one decision per wrinkle rather than per pixel, since a line that changes its
/// label along the way is of no use to a reader; the rest as in
/// <see cref="HybridHessianSegmenter"/>.
/// </remarks>
public sealed class WrinkleAnnotatorSegmenter : ClassicalSegmenter
{
    private const byte FineLevel = 1;
    private const byte CoarseLevel = 2;

    private readonly WrinkleAnnotatorOptions _options;

    /// <summary>With the given or the default options.</summary>
    public WrinkleAnnotatorSegmenter(WrinkleAnnotatorOptions? options = null) => _options = options ?? new();

    /// <inheritdoc/>
    public override string Name => "annotator";

    private protected override LineMap Segment(WorkingFace face, CancellationToken cancellationToken)
    {
        var options = _options.Fine;
        var fine = HybridHessianFilter.Apply(face, face.Flat, options, cancellationToken).Response;
        cancellationToken.ThrowIfCancellationRequested();
        var isWide = WiderThanFine(face.Flat);
        var lines = HybridHessianSegmenter.LineFilterOf(options);
        return new LineMap(face, fine, options.StrongThreshold, strong =>
        {
            var support = Hysteresis.Link(
                fine, face.Searched, strong, strong * options.WeakThreshold / options.StrongThreshold);
            var centers = lines.CenterLines(support, face.Flat);
            var all = face.Enlarge(LineFilter.Draw(centers, options.PenRadiusPixels));
            var wide = face.Enlarge(LineFilter.Draw(CoarseLines(centers, isWide), options.PenRadiusPixels));
            return new WrinkleMask(all) { Levels = Label(all, wide) };
        });
    }

    private Mask WiderThanFine(Plane<float> image)
    {
        var result = new Mask(image.Width, image.Height);
        var coarse = Hessian.RidgeStrength(image, _options.CoarseScalesPixels).Samples;
        var fine = Hessian.RidgeStrength(image, _options.FineScalesPixels).Samples;
        var to = result.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = coarse[i] > fine[i] ? Mask.Set : (byte)0;
        return result;
    }

    private Mask CoarseLines(Mask centers, Mask isWide)
    {
        var (labels, components) = centers.Components();
        var widePixels = new int[components.Count + 1];
        var label = labels.Samples;
        var wide = isWide.Samples;
        for (var i = 0; i < label.Length; i++)
            if (wide[i] != 0)
                widePixels[label[i]]++;
        var isCoarse = new bool[components.Count + 1]; // label 0, no line, stays false
        foreach (var component in components)
            isCoarse[component.Label] = widePixels[component.Label] >= _options.CoarseShare * component.Area;
        return Mask.Where(labels, value => isCoarse[value]);
    }

    private static Plane<byte> Label(Mask all, Mask coarse)
    {
        var levels = new Plane<byte>(all.Width, all.Height);
        var any = all.Samples;
        var wide = coarse.Samples;
        var to = levels.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = any[i] == 0 ? (byte)0 : wide[i] == 0 ? FineLevel : CoarseLevel;
        return levels;
    }
}
