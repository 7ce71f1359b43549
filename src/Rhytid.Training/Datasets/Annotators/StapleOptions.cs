namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Settings of <see cref="Staple"/>.</summary>
public sealed record StapleOptions
{
    /// <summary>
    /// Pixels farther than this from everything that anybody marked are left out of the estimate; null counts the whole picture.
    /// </summary>
    /// <remarks>
    /// Wrinkles cover half a percent of a photo. With all of the empty skin counted, every specificity comes out close to 1, a
    /// single vote then weighs more than two missing ones, and the result drifts towards the union of all masks.
    /// </remarks>
    public int? MarginPixels { get; init; } = 10;

    /// <summary>The estimate has converged when no sensitivity or specificity moves by more than this in a step.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The most steps.</summary>
    public int MaxIterations { get; init; } = 2000;
}
