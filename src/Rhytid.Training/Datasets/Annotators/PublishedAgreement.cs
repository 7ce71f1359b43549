namespace Rhytid.Training.Datasets.Annotators;

/// <summary>
/// What Moon, Chung and Jang (2024) publish for their three annotators of FFHQ-Wrinkle. They do not say whether photos
/// or pixels are averaged, nor over which part of the photo.
/// </summary>
public static class PublishedAgreement
{
    /// <summary>Jaccard of A and B, B and C, A and C.</summary>
    public static IReadOnlyList<double> Jaccard { get; } = [0.2631, 0.2962, 0.3182];

    /// <summary>Pearson of A and B, B and C, A and C.</summary>
    public static IReadOnlyList<double> Pearson { get; } = [0.4167, 0.4559, 0.4928];
}
