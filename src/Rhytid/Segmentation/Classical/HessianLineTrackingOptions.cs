namespace Rhytid.Segmentation.Classical;

/// <summary>Parameters of Hessian line tracking, in pixels of the working size (512 on the long side).</summary>
public sealed record HessianLineTrackingOptions
{
    /// <summary>The filter that the tracks follow; its thresholds and line shape are not used.</summary>
    public HybridHessianOptions Filter { get; init; } = new();

    /// <summary>Response from which a ridge pixel starts a track (0 to 1).</summary>
    public float SeedThreshold { get; init; } = 0.5f;

    /// <summary>Response down to which a track goes on.</summary>
    public float FollowThreshold { get; init; } = 0.2f;

    /// <summary>How many weak pixels in a row a track may cross.</summary>
    public int MaxHiddenPixels { get; init; } = 3;

    /// <summary>Shortest track, in points.</summary>
    public int MinLengthPixels { get; init; } = 30;

    /// <summary>No second track starts or goes on this close to an earlier one.</summary>
    public float ClearanceRadiusPixels { get; init; } = 3;

    /// <summary>Half the width at which tracks are drawn.</summary>
    public float PenRadiusPixels { get; init; } = 2;
}
