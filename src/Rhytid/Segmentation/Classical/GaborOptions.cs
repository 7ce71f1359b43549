namespace Rhytid.Segmentation.Classical;

/// <summary>Parameters of the Gabor method, in pixels of the working size (512 on the long side).</summary>
public sealed record GaborOptions
{
    /// <summary>Number of orientations over 180 degrees.</summary>
    public int Orientations { get; init; } = 12;

    /// <summary>Wavelengths; a dark line answers best at about twice its width.</summary>
    public IReadOnlyList<float> WavelengthsPixels { get; init; } = [5];

    /// <summary>gamma: width over length of the filters.</summary>
    public double Aspect { get; init; } = 0.5;

    /// <summary>Side of the window over which the response is compared.</summary>
    public int WindowPixels { get; init; } = 21;

    /// <summary>Response, in grey levels of 128, that is added to the local mean before dividing by it.</summary>
    public float Floor { get; init; } = 0.2f;

    /// <summary>Ratio to floor + local mean from which a line is sure.</summary>
    public float StrongRatio { get; init; } = 2.6f;

    /// <summary>Ratio down to which a sure line is continued.</summary>
    public float WeakRatio { get; init; } = 1.7f;

    /// <summary>Length of the line element that continues a line along its own direction.</summary>
    public int ElementLengthPixels { get; init; } = 7;

    /// <summary>Shortest line.</summary>
    public int MinLengthPixels { get; init; } = 20;

    /// <summary>Widest component that may be a line: area over length.</summary>
    public float MaxMeanWidthPixels { get; init; } = 10;

    /// <summary>Half the width at which lines are drawn.</summary>
    public float PenRadiusPixels { get; init; } = 2;
}
