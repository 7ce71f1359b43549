using System.Drawing;
using Rhytid.Faces.Mesh;

namespace Rhytid.Faces;

/// <summary>Where a face's eyes and mouth are known from.</summary>
public enum LandmarkSource
{
    /// <summary>The usual proportions of a box, or of an aligned picture.</summary>
    Proportions,

    /// <summary>The face detector.</summary>
    Detector,

    /// <summary>The face mesh.</summary>
    Mesh,
}

/// <summary>A face that a detector found, or that the user pointed out.</summary>
/// <param name="Box">In pixels of the photo.</param>
/// <param name="Landmarks">Eyes and mouth in pixels of the photo; estimated ones say so.</param>
/// <param name="Score">The detector's own certainty: a probability for ONNX detectors, the sum of the last stage for a
/// Haar cascade; null where nobody measured it.</param>
public sealed record DetectedFace(RectangleF Box, FaceLandmarks Landmarks, float? Score)
{
    /// <summary>
    /// By how many degrees the photo had to be turned clockwise for the face to be found: a multiple of 30, 0 where it
    /// was found on the photo as it is.
    /// </summary>
    public int TurnedDegrees { get; init; }

    /// <summary>Where <see cref="Landmarks"/> are known from.</summary>
    public LandmarkSource LandmarkSource => Mesh is not null && !Landmarks.EyesEstimated ? LandmarkSource.Mesh
        : Landmarks.EyesEstimated ? LandmarkSource.Proportions : LandmarkSource.Detector;

    /// <summary>
    /// The face's mesh in pixels of the photo; null where none was found that agrees with the detector.
    /// </summary>
    public FaceMesh? Mesh { get; init; }

    /// <summary>How the head is turned, by the mesh; null without one.</summary>
    public HeadPose? Pose => Mesh is null ? null : HeadPose.FromMesh(Mesh);

    /// <summary>Box area in square pixels; the largest face is the photo's subject.</summary>
    public float Area => Box.Width * Box.Height;
}
