namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Settings of <see cref="Staple"/>.</summary>
public sealed record StapleOptions
{
    /// <summary>
    /// Pixels farther than this from everything that anybody marked are left out of the estimate; null counts the whole picture.
    /// </summary>
    /// <remarks>
    /// Wrinkles cover half a percent of a photo: over all of it everybody's specificity is 0.99 and more and tells nobody apart, near the
    /// marks it does. The fused mask hardly depends on it, for prior and false marks thin out together; but with no margin at all
    /// there is no background left to judge by.
    /// </remarks>
    public int? MarginPixels { get; init; } = 10;

    /// <summary>The estimate has converged when no sensitivity or specificity moves by more than this in a step.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The most steps.</summary>
    public int MaxIterations { get; init; } = 2000;
}
