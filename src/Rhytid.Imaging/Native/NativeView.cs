using System.Runtime.InteropServices;

namespace Rhytid.Imaging.Native;

/// <summary>RvView: pixels that managed code owns, as native code sees them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeView
{
    public nint Data;
    public int Width;
    public int Height;
    public int Channels;
    public int Depth;
    public long Stride;

    /// <summary>OpenCV's code of a sample type.</summary>
    public static int DepthOf<T>()
        where T : unmanaged => default(T) switch
        {
            byte => 0,
            ushort => 2,
            int => 4,
            float => 5,
            _ => -1, // refused by native code with a message, should such a plane ever get there
        };
}
