using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>How line-like each pixel is over several scales: the filter behind hhf, hlt and annotator.</summary>
/// <param name="Response">0 to 1.</param>
/// <param name="NormalAngle">Direction across the line at the best scale, in radians from x towards y.</param>
internal sealed record HybridHessianFilter(Plane<float> Response, Plane<float> NormalAngle)
{
    /// <summary>Filters a face and keeps the largest response over the scales.</summary>
    public static HybridHessianFilter Apply(
        WorkingFace face, Plane<float> image, HybridHessianOptions options, CancellationToken cancellationToken)
    {
        var best = new HybridHessianFilter(new(image.Width, image.Height), new(image.Width, image.Height));
        foreach (var scale in options.ScalesPixels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            best.Include(Hessian.At(image, scale), face.Skin, options);
        }
        return best;
    }

    private void Include(Hessian hessian, Mask skin, HybridHessianOptions options)
    {
        var xx = hessian.Xx.Samples;
        var yy = hessian.Yy.Samples;
        var xy = hessian.Xy.Samples;
        var structure = new Plane<float>(skin.Width, skin.Height);
        var s = structure.Samples;
        for (var i = 0; i < s.Length; i++)
            // = root of the squared eigenvalues' sum
            s[i] = MathF.Sqrt((xx[i] * xx[i]) + (yy[i] * yy[i]) + (2 * xy[i] * xy[i]));

        var around = SkinMean.Box(structure, skin, options.WindowPixels).Samples;
        var response = Response.Samples;
        var angle = NormalAngle.Samples;
        var blob = 2 * options.BlobSensitivity * options.BlobSensitivity;
        for (var i = 0; i < s.Length; i++)
        {
            var (large, small) = Hessian.Eigenvalues(xx[i], yy[i], xy[i]);
            if (large <= 0)
                continue; // bright line
            var ratio = small / large;
            var contrast = MathF.Max(options.MinContrast, options.ContrastFactor * around[i]);
            var value = MathF.Exp(-ratio * ratio / blob) * (1 - MathF.Exp(-s[i] * s[i] / (2 * contrast * contrast)));
            if (value > response[i])
                (response[i], angle[i]) = (value, Hessian.NormalAngle(xx[i], yy[i], xy[i]));
        }
    }
}
