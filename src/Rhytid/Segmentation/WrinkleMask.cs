using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Segmentation;

/// <summary>The pixels that are wrinkle, and what a method knows beyond that.</summary>
/// <param name="Pixels">Of the face image's size.</param>
public sealed record WrinkleMask(Mask Pixels)
{
    /// <summary>Lines that the method followed, empty for methods that do not track.</summary>
    public IReadOnlyList<WrinkleTrack> Tracks { get; init; } = [];

    /// <summary>
    /// True where the method draws every line with a pen of one width, as annotators do: the width of its lines then
    /// says nothing about the wrinkle.
    /// </summary>
    public bool IsDrawn { get; init; }

    /// <summary>1 = fine and 2 = coarse wrinkle, 0 = none, for methods that tell them apart.</summary>
    public Plane<byte>? Levels { get; init; }
}

/// <summary>One line along a wrinkle.</summary>
/// <param name="Points">From end to end, in pixels of the face image (first centre (0.5, 0.5)).</param>
public sealed record WrinkleTrack(IReadOnlyList<Vector2> Points)
{
    /// <summary>Length along the points in pixels.</summary>
    public float LengthPixels
    {
        get
        {
            var length = 0f;
            for (var i = 1; i < Points.Count; i++)
                length += Vector2.Distance(Points[i - 1], Points[i]);
            return length;
        }
    }

    /// <summary>
    /// Mean depth as a contrast proxy: how much darker the line is than its surroundings, in grey levels; null where
    /// not measured.
    /// </summary>
    public float? DepthGrayLevels { get; init; }
}
