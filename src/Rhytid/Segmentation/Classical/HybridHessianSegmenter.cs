using System.Numerics.Tensors;
using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Hybrid Hessian filter, <c>hhf</c> and <c>hhf-gradient</c>.</summary>
/// <remarks>
/// Ng, Yap, Costen, Li: Automatic Wrinkle Detection Using Hybrid Hessian Filter, ACCV 2014.
/// Published: the directional gradient filtered by a multi-scale Hessian whose eigenvalue ratio and norm give the
/// response; small areas removed. Reconstructed: the formula with b1 and b2 (as public libraries have it).
/// Ours: even lighting, b2 that follows the local norm instead of one number, hysteresis, centre lines with a pen;
/// and the intensity as the default input, since the gradient's ridge lies beside the wrinkle.
/// </remarks>
public sealed class HybridHessianSegmenter : ClassicalSegmenter
{
    private readonly HybridHessianOptions _options;

    /// <summary>With the given or the default options.</summary>
    public HybridHessianSegmenter(HybridHessianOptions? options = null) => _options = options ?? new();

    /// <inheritdoc/>
    public override string Name => _options.Input == HybridHessianInput.Gradient ? "hhf-gradient" : "hhf";

    private protected override LineMap Segment(WorkingFace face, CancellationToken cancellationToken)
    {
        var response = _options.Input == HybridHessianInput.Intensity
            ? HybridHessianFilter.Apply(face, face.Flat, _options, cancellationToken).Response
            : GradientResponse(face, cancellationToken);
        return LineMap.Linked(face, response, _options.StrongThreshold, _options.WeakThreshold, LineFilterOf(_options));
    }

    internal static LineFilter LineFilterOf(HybridHessianOptions options) =>
        new() { MinLengthPixels = options.MinLengthPixels, PenRadiusPixels = options.PenRadiusPixels };

    // Gy finds horizontal wrinkles and Gx vertical ones; the larger response of the two counts.
    private Plane<float> GradientResponse(WorkingFace face, CancellationToken cancellationToken)
    {
        float[] difference = [-0.5f, 0, 0.5f];
        float[] same = [0, 1, 0];
        var alongX =
            HybridHessianFilter.Apply(
                face, face.Flat.CorrelateSeparable(difference, same), _options, cancellationToken).Response;
        var alongY =
            HybridHessianFilter.Apply(
                face, face.Flat.CorrelateSeparable(same, difference), _options, cancellationToken).Response;
        TensorPrimitives.Max<float>(alongX.Samples, alongY.Samples, alongX.Samples);
        return alongX;
    }
}
