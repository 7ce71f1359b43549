namespace Rhytid.Segmentation.Classical;

/// <summary>Parameters of the annotator, in pixels of the working size (512 on the long side).</summary>
public sealed record WrinkleAnnotatorOptions
{
    /// <summary>Finds all lines. Its scales are those of fine wrinkles.</summary>
    public HybridHessianOptions Fine { get; init; } = new();

    /// <summary>Scales at which a coarse wrinkle still answers and a fine one no longer does.</summary>
    public IReadOnlyList<double> CoarseScalesPixels { get; init; } = [3, 4];

    /// <summary>Response at the coarse scales from which a piece of line counts as coarse (0 to 1).</summary>
    public float CoarseThreshold { get; init; } = 0.4f;

    /// <summary>A wrinkle is coarse where at least this share of its centre line is.</summary>
    public float CoarseShare { get; init; } = 0.5f;
}
