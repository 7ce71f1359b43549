namespace Rhytid.Segmentation.Classical;

/// <summary>Parameters of the texture baseline, in pixels of the working size (512 on the long side).</summary>
public sealed record TextureThresholdOptions
{
    /// <summary>Gaussian of the texture map: half of the 5 pixels that the map has at 1024.</summary>
    public double SigmaPixels { get; init; } = 2.5;

    /// <summary>Smoothing of the texture against pores and grain.</summary>
    public double SmoothingSigmaPixels { get; init; } = 0.8;

    /// <summary>Side of the window over which the texture is compared.</summary>
    public int WindowPixels { get; init; } = 21;

    /// <summary>Texture, of 255, that is added to the local mean before dividing by it.</summary>
    public float Floor { get; init; } = 1.5f;

    /// <summary>Ratio to floor + local mean from which a line is sure.</summary>
    public float StrongRatio { get; init; } = 3;

    /// <summary>Ratio down to which a sure line is continued.</summary>
    public float WeakRatio { get; init; } = 1.6f;

    /// <summary>Shortest line.</summary>
    public int MinLengthPixels { get; init; } = 20;

    /// <summary>Half the width at which lines are drawn.</summary>
    public float PenRadiusPixels { get; init; } = 2;
}
