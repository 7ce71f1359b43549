using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>About OpenCV: is it there, which version, how many threads.</summary>
public static class VisionInfo
{
    /// <summary>OpenCV's version, such as 4.13.0.</summary>
    public static string OpenCvVersion => OpenCv.Run(() => Cv2.GetVersionString() ?? "");

    /// <summary>Why OpenCV cannot be used here, or null when it can.</summary>
    public static string? Problem() => OpenCv.Problem;

    /// <summary>How many threads OpenCV may use for one call; 0 = all.</summary>
    public static void SetThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        // To OpenCV a negative number means all, and 0 the calling thread alone.
        OpenCv.Run(() => Cv2.SetNumThreads(count == 0 ? -1 : count));
    }
}
