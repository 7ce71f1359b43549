namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Settings of <see cref="Staple"/>.</summary>
public sealed record StapleOptions
{
    /// <summary>
    /// Pixels farther than this from everything that anybody marked are left out of the estimate; null counts the whole
    /// picture.
    /// </summary>
    /// <remarks>
    /// Wrinkles cover half a percent of a photo: over all of it everybody's specificity is above 0.99 and tells nobody
    /// apart, near the marks it does. The fused mask depends on it little: the larger the region, the more pixels with
    /// few votes it keeps (4 % more over the whole picture than with 10 pixels, on 87 photos). With no margin there is
    /// no background left to judge by.
    /// </remarks>
    public int? MarginPixels { get; init; } = 10;

    /// <summary>
    /// The estimate has converged when no sensitivity or specificity moves by more than this in a step.
    /// </summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The most steps.</summary>
    public int MaxIterations { get; init; } = 2000;
}
