using Rhytid.Training.Datasets.Sets;


namespace Rhytid.Training.Datasets.Inspection;

/// <summary>How a contact sheet looks.</summary>
public sealed record PreviewOptions
{
    /// <summary>Side in pixels of the square into which each picture is fitted.</summary>
    public int Size { get; init; } = 256;

    /// <summary>How many samples stand side by side, three pictures each.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>
    /// Where the skin is known from: texture maps that are computed are kept there, and unlabelled photos show it. Null
    /// for nowhere.
    /// </summary>
    public ISkinSource? Skin { get; init; }
}
