using System.Drawing;
using Rhytid.Faces;
using Rhytid.Faces.Quality;
using Rhytid.Imaging;
using Rhytid.Measurement;
using Rhytid.Segmentation;

namespace Rhytid;

/// <summary>One face of a photo and its wrinkles. Maps and masks cover <see cref="Region"/> of the photo.</summary>
public sealed record FaceResult
{
    /// <summary>Where the face is and who says so.</summary>
    public required DetectedFace Detection { get; init; }

    /// <summary>The aligned face that was worked on.</summary>
    public required FaceImage Face { get; init; }

    /// <summary>How well the photo shows it.</summary>
    public required FaceQuality Quality { get; init; }

    /// <summary>The part of the photo, in pixels, that the maps and masks below cover.</summary>
    public required Rectangle Region { get; init; }

    /// <summary>How wrinkle-like each pixel is, 0 to 1.</summary>
    public required Plane<float> WrinkleMap { get; init; }

    /// <summary>The wrinkles.</summary>
    public required Mask WrinkleMask { get; init; }

    /// <summary>The skin that was searched.</summary>
    public required Mask SkinMask { get; init; }

    /// <summary>1 = fine, 2 = coarse wrinkle, for methods that tell them apart; null for the others.</summary>
    public Plane<byte>? WrinkleLevels { get; init; }

    /// <summary>The threshold that decided: the given one or the method's own.</summary>
    public required float Threshold { get; init; }

    /// <summary>
    /// True where the mask's lines are of one drawn width: measured widths then say nothing about the wrinkles.
    /// </summary>
    public required bool IsDrawn { get; init; }

    /// <summary>Lines in pixels of the photo, for methods that track them.</summary>
    public required IReadOnlyList<WrinkleTrack> Tracks { get; init; }

    /// <summary>The wrinkles in numbers, in pixels of the photo.</summary>
    public required WrinkleMeasurements Measurements { get; init; }
}
