using Rhytid.Imaging;

namespace Rhytid.Faces.Detection;

/// <summary>Finds faces in a photo. Implementations are safe to use from many threads.</summary>
public interface IFaceDetector
{
    /// <summary>Short name for reports, such as <c>haar</c>.</summary>
    string Name { get; }

    /// <summary>Faces, the largest first; an empty list where there is none.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="most">How many are wanted; a detector may look for smaller ones only where more are.</param>
    IReadOnlyList<DetectedFace> Detect(Image photo, int most = int.MaxValue);
}
