namespace Rhytid.Imaging.Native;

/// <summary>An operation in native/vision failed; the message is OpenCV's or ours.</summary>
internal sealed class VisionException(string message) : Exception(message);
