namespace Rhytid.Faces.Skin;

/// <summary>Settings of <see cref="SkinColorModel"/>; the defaults were tuned on hand-labelled faces.</summary>
public sealed record SkinColorModelOptions
{
    /// <summary>The tuned settings.</summary>
    public static SkinColorModelOptions Default { get; } = new();

    /// <summary>The tuned settings with the atlas that is free of any photo.</summary>
    public static SkinColorModelOptions LicenseClean { get; } = new() { Atlas = AtlasSource.Drawn };

    /// <summary>
    /// Side in places of the grid on which the face is labelled, at least 32. A finer one costs time by its area.
    /// </summary>
    public int GridSize { get; init; } = 96;

    /// <summary>Rounds of expectation maximisation, at least 1.</summary>
    public int Iterations { get; init; } = 6;

    /// <summary>
    /// Least probability of skin inside the mask, 0 to 1. Higher keeps further from hair and loses edges of the face.
    /// </summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>Where the expectations of what lies where come from.</summary>
    public AtlasSource Atlas { get; init; } = AtlasSource.Labels;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(GridSize, 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threshold, 0f);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threshold, 1f);
    }
}
