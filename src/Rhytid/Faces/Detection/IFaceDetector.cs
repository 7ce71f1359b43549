using Rhytid.Imaging;

namespace Rhytid.Faces.Detection;

/// <summary>Finds faces in a photo. Implementations are safe to use from many threads.</summary>
public interface IFaceDetector
{
    /// <summary>Short name for reports, such as <c>haar</c>.</summary>
    string Name { get; }

    /// <summary>All faces, the largest first; an empty list where there is none.</summary>
    IReadOnlyList<DetectedFace> Detect(Image photo);
}
