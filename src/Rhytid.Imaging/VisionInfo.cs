using System.Runtime.InteropServices;
using Rhytid.Imaging.Native;

namespace Rhytid.Imaging;

/// <summary>About the native part: is it there, which OpenCV, how many threads.</summary>
public static unsafe class VisionInfo
{
    /// <summary>OpenCV's version, such as 4.6.0.</summary>
    public static string OpenCvVersion => Marshal.PtrToStringUTF8((nint)VisionLibrary.rv_opencv_version()) ?? "";

    /// <summary>Why the native library cannot be used here, or null when it can.</summary>
    public static string? Problem()
    {
        try
        {
            _ = OpenCvVersion;
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException
            or EntryPointNotFoundException)
        {
            return error.Message.Split('\n')[0].Trim();
        }
    }

    /// <summary>How many threads OpenCV may use for one call; 0 = all.</summary>
    public static void SetThreads(int count) => Vision.Check(VisionLibrary.rv_set_threads(count));
}
