using Rhytid.Imaging;
using Rhytid.Imaging.Detection;

namespace Rhytid.Faces.Detection;

/// <summary>How one family of detector networks wants its picture and writes down its faces.</summary>
internal interface IDetectorFamily
{
    /// <summary>Whether eyes and mouth come with each face; else they are placed by the box.</summary>
    bool FindsLandmarks { get; }

    /// <summary>
    /// All candidates with at least the given score, overlapping ones included, in pixels of the photo.
    /// </summary>
    IEnumerable<DetectedFace> Detect(OnnxNetwork network, Image photo, float minScore);
}
