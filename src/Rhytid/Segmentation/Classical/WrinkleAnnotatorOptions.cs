namespace Rhytid.Segmentation.Classical;

/// <summary>Parameters of the annotator, in pixels of the working size (512 on the long side).</summary>
public sealed record WrinkleAnnotatorOptions
{
    /// <summary>Finds all lines.</summary>
    public HybridHessianOptions Fine { get; init; } = new();

    /// <summary>Scales of fine wrinkles.</summary>
    public IReadOnlyList<double> FineScalesPixels { get; init; } = [1.2, 2];

    /// <summary>
    /// Scales of coarse wrinkles. With 2 and 3 as neighbours the border lies at lines 3 to 4 pixels wide.
    /// </summary>
    public IReadOnlyList<double> CoarseScalesPixels { get; init; } = [3, 4];

    /// <summary>
    /// A wrinkle is coarse where at least this share of its centre line answers more strongly at a coarse scale than at
    /// a fine one.
    /// </summary>
    public float CoarseShare { get; init; } = 0.5f;
}
