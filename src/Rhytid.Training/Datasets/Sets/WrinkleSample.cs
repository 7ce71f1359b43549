namespace Rhytid.Training.Datasets.Sets;

/// <summary>Everything a data set has about one photo; a path is null where there is no such file.</summary>
/// <param name="Id">File name without extension: what joins the files.</param>
public sealed record WrinkleSample(string Id)
{
    /// <summary>The photo.</summary>
    public string? ImagePath { get; init; }

    /// <summary>The manual wrinkle mask.</summary>
    public string? MaskPath { get; init; }

    /// <summary>Where pixels count; everywhere without it.</summary>
    public string? ScoredRegionPath { get; init; }

    /// <summary>The mask of face skin.</summary>
    public string? SkinMaskPath { get; init; }

    /// <summary>Face parsing labels, .npy or a picture.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>The texture map (weak label).</summary>
    public string? TexturePath { get; init; }

    /// <summary>The photo, black outside the skin.</summary>
    public string? MaskedImagePath { get; init; }
}
