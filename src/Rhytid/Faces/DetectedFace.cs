using System.Drawing;

namespace Rhytid.Faces;

/// <summary>A face that a detector found, or that the user pointed out.</summary>
/// <param name="Box">In pixels of the photo.</param>
/// <param name="Landmarks">Eyes and mouth in pixels of the photo; estimated ones say so.</param>
/// <param name="Score">The detector's own certainty: a probability for ONNX detectors, the sum of the last stage for a Haar cascade; null where nobody measured it.</param>
public sealed record DetectedFace(RectangleF Box, FaceLandmarks Landmarks, float? Score)
{
    /// <summary>Box area in square pixels; the largest face is the photo's subject.</summary>
    public float Area => Box.Width * Box.Height;
}
