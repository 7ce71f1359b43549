namespace Rhytid.Training.Datasets.Preparation;

/// <summary>How a pixel is compared with its surroundings.</summary>
public enum AdaptiveRule
{
    /// <summary>With the Gaussian-weighted mean of a small window (WDS's prototype).</summary>
    Gaussian,

    /// <summary>
    /// With the plain mean of a large window, by an integral image (Bradley and Roth 2007, which Kim et al. cite).
    /// </summary>
    Bradley,
}
