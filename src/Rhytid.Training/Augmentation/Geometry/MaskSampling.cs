namespace Rhytid.Training.Augmentation;

/// <summary>
/// How masks are resampled. Thin lines are what wrinkles are, and plain nearest sampling tears them where pictures
/// shrink.
/// </summary>
public enum MaskSampling
{
    /// <summary>
    /// Nearest where the picture keeps its size or grows. Where it shrinks by a factor s, the largest of four nearest
    /// samples, apart so far that no source pixel is stepped over (for s up to 2): a line of one pixel stays one pixel
    /// wide instead of losing 1 - 1/s of its rows.
    /// </summary>
    KeepLines,

    /// <summary>Nearest alone, as published: a line of one pixel vanishes in part where the picture shrinks.</summary>
    Nearest,

    /// <summary>Linear between the four neighbours: for masks that say how much of a pixel is wrinkle.</summary>
    Bilinear,
}
