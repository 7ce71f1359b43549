using System.Drawing;
using Rhytid.Imaging;

namespace Rhytid;

/// <summary>Which faces of a photo are worked on.</summary>
public enum FaceSelection
{
    /// <summary>The largest.</summary>
    Largest,

    /// <summary>Every one.</summary>
    All,
}

/// <summary>Choices for one photo.</summary>
public sealed record SegmentOptions
{
    /// <summary>The defaults: the largest face, the method's own threshold.</summary>
    public static SegmentOptions Default { get; } = new();

    /// <summary>0 to 1; a higher one finds less. The method's own unless given.</summary>
    public float? Threshold { get; init; }

    /// <summary>The largest face, or all.</summary>
    public FaceSelection Faces { get; init; } = FaceSelection.Largest;

    /// <summary>Where the face is, in pixels of the photo; nothing is detected then.</summary>
    public RectangleF? FaceBox { get; init; }

    /// <summary>The whole picture is one aligned face, such as an FFHQ crop; nothing is detected then.</summary>
    public bool Whole { get; init; }

    /// <summary>The skin, of the photo's size; found automatically unless given.</summary>
    public Mask? SkinMask { get; init; }
}

/// <summary>A step of the work, for progress reports.</summary>
public enum SegmentationStep
{
    /// <summary>Looking for faces.</summary>
    DetectingFaces,

    /// <summary>Looking for skin.</summary>
    FindingSkin,

    /// <summary>Looking for wrinkles.</summary>
    FindingWrinkles,

    /// <summary>Mapping back to the photo and measuring.</summary>
    Measuring,
}

/// <summary>How far the work on one photo is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Face">For which face, from 0.</param>
/// <param name="FaceCount">Of how many; 0 while faces are looked for.</param>
public readonly record struct SegmentationProgress(SegmentationStep Step, int Face, int FaceCount);
