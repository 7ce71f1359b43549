namespace Rhytid.Segmentation.Classical;

/// <summary>What the Hessian is taken of.</summary>
public enum HybridHessianInput
{
    /// <summary>The evenly lit grey picture: the response lies on the wrinkle.</summary>
    Intensity,

    /// <summary>
    /// Its directional gradients, as published: the response lies beside the wrinkle, by half the wrinkle's width.
    /// </summary>
    Gradient,
}

/// <summary>Parameters of the hybrid Hessian filter, in pixels of the working size (512 on the long side).</summary>
public sealed record HybridHessianOptions
{
    /// <summary>What the Hessian is taken of.</summary>
    public HybridHessianInput Input { get; init; } = HybridHessianInput.Intensity;

    /// <summary>
    /// Gaussian scales in pixels. The public library's default is 1, 3, 5, 7, 9. On manual masks every further scale
    /// costs more in brow and cheek shading than it finds in wide folds, so the default is one.
    /// </summary>
    public IReadOnlyList<double> ScalesPixels { get; init; } = [1.2];

    /// <summary>b1: how far from a perfect line (ratio 0 of the eigenvalues) a pixel may be.</summary>
    public float BlobSensitivity { get; init; } = 0.5f;

    /// <summary>b2 is at least this many grey levels of 128; the public default is 15, fixed.</summary>
    public float MinContrast { get; init; } = 1.5f;

    /// <summary>b2 as a multiple of the local mean of the structure measure S.</summary>
    public float ContrastFactor { get; init; } = 2;

    /// <summary>Side of the window of that mean.</summary>
    public int WindowPixels { get; init; } = 21;

    /// <summary>Response from which a line is sure (0 to 1).</summary>
    public float StrongThreshold { get; init; } = 0.4f;

    /// <summary>Response down to which a sure line is continued.</summary>
    public float WeakThreshold { get; init; } = 0.25f;

    /// <summary>Shortest line.</summary>
    public int MinLengthPixels { get; init; } = 20;

    /// <summary>Half the width at which lines are drawn.</summary>
    public float PenRadiusPixels { get; init; } = 2;
}
