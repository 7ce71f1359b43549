namespace Rhytid.Segmentation.Classical;

/// <summary>Parameters of Cula's method, in pixels of the working size (512 on the long side).</summary>
public sealed record CulaOptions
{
    /// <summary>Number of orientations over 180 degrees.</summary>
    public int Orientations { get; init; } = 12;

    /// <summary>Sigma of the second derivative across the line.</summary>
    public double SigmaAcrossPixels { get; init; } = 1.2;

    /// <summary>Sigma of the mean along the line.</summary>
    public double SigmaAlongPixels { get; init; } = 4;

    /// <summary>Side of the window of the local noise estimate.</summary>
    public int WindowPixels { get; init; } = 17;

    /// <summary>Response, in grey levels of 128, that is added to the noise before dividing by it.</summary>
    public float Floor { get; init; } = 0.4f;

    /// <summary>Ratio to floor + noise from which a line is sure.</summary>
    public float StrongRatio { get; init; } = 2.5f;

    /// <summary>Ratio down to which a sure line is continued.</summary>
    public float WeakRatio { get; init; } = 1.8f;

    /// <summary>Shortest line.</summary>
    public int MinLengthPixels { get; init; } = 20;

    /// <summary>Half the width at which lines are drawn.</summary>
    public float PenRadiusPixels { get; init; } = 2;

    /// <summary>Sigma of the local mean that a wrinkle's depth is measured from.</summary>
    public double DepthSigmaPixels { get; init; } = 8;
}
