namespace Rhytid.Tests.Shared;

/// <summary>OpenCV's cascade files (Debian package opencv-data, installed by the test command).</summary>
internal static class Cascades
{
    public static string Frontal => "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";
}
