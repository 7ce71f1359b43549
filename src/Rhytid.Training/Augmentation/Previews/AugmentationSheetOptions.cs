namespace Rhytid.Training.Augmentation.Previews;

/// <summary>How a sheet of augmentations looks.</summary>
public sealed record AugmentationSheetOptions
{
    /// <summary>
    /// Longer side of each picture in pixels; the photo is resized to it before it is augmented, as it is in training.
    /// </summary>
    public int Size { get; init; } = 320;

    /// <summary>Pictures side by side.</summary>
    public int Columns { get; init; } = 5;

    /// <summary>How many draws of the whole pipeline are shown: epochs 0, 1, ...</summary>
    public int Draws { get; init; } = 10;

    /// <summary>The run's seed.</summary>
    public int Seed { get; init; }
}
