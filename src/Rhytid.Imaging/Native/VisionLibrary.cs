using System.Runtime.InteropServices;

namespace Rhytid.Imaging.Native;

/// <summary>The functions of native/vision/src/rhytid_vision.h, as they are there.</summary>
internal static unsafe partial class VisionLibrary
{
    private const string Name = "rhytid_vision";

    [LibraryImport(Name)] public static partial byte* rv_last_error();
    [LibraryImport(Name)] public static partial byte* rv_opencv_version();
    [LibraryImport(Name)] public static partial int rv_set_threads(int count);

    [LibraryImport(Name)] public static partial int rv_decode(
        byte* bytes, long count, int kind, int orientation, out nint mat, out int width, out int height);
    [LibraryImport(Name)] public static partial int rv_mat_copy(DecodedImage mat, NativeView target);
    [LibraryImport(Name)] public static partial void rv_mat_free(nint mat);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial int rv_encode(
        NativeView source, string extension, int quality, out nint bytes, out byte* data, out long count);
    [LibraryImport(Name)] public static partial void rv_bytes_free(nint bytes);

    [LibraryImport(Name)] public static partial int rv_convert_color(NativeView source, NativeView target, int code);
    [LibraryImport(Name)] public static partial int rv_split_channel(NativeView source, int channel, NativeView target);

    [LibraryImport(Name)] public static partial int rv_resize(NativeView source, NativeView target, int interpolation);
    [LibraryImport(Name)] public static partial int rv_warp_affine(
        NativeView source, NativeView target, double* matrix, int interpolation, int border);

    [LibraryImport(Name)] public static partial int rv_gaussian_blur(
        NativeView source, NativeView target, int kernelSize, double sigmaX, double sigmaY, int border);
    [LibraryImport(Name)] public static partial int rv_box_filter(
        NativeView source, NativeView target, int width, int height, int border);
    [LibraryImport(Name)] public static partial int rv_filter2d(
        NativeView source, NativeView target, NativeView kernel, int border);
    [LibraryImport(Name)] public static partial int rv_sep_filter(
        NativeView source, NativeView target, float* kernelX, int sizeX, float* kernelY, int sizeY, int border);

    [LibraryImport(Name)] public static partial int rv_morphology(
        NativeView source, NativeView target, int operation, int shape, int width, int height, int iterations);
    [LibraryImport(Name)] public static partial int rv_thin(NativeView source, NativeView target);
    [LibraryImport(Name)] public static partial int rv_distance(NativeView source, NativeView target);
    [LibraryImport(Name)] public static partial int rv_components(
        NativeView source, NativeView labels, int connectivity, out nint bytes, out int* stats, out int count);

    [LibraryImport(Name)] public static partial int rv_fill_polygon(
        NativeView target, float* points, int count, double* color, int antialias);
    [LibraryImport(Name)] public static partial int rv_polyline(
        NativeView target, float* points, int count, int closed, double* color, int thickness, int antialias);
    [LibraryImport(Name)] public static partial int rv_ellipse(
        NativeView target, NativePoint center, NativePoint radii, double angleDegrees, double* color, int thickness,
        int antialias);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial int rv_text(
        NativeView target, string text, NativePoint position, double scale, double* color, int thickness);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial int rv_text_size(
        string text, double scale, int thickness, out int width, out int height, out int below);
    [LibraryImport(Name)] public static partial int rv_convex_hull(
        float* points, int count, float* hull, out int hullCount);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial int rv_cascade_load(
        string path, out nint cascade);
    [LibraryImport(Name)] public static partial void rv_cascade_free(nint cascade);
    [LibraryImport(Name)] public static partial int rv_cascade_detect(
        CascadeHandle cascade, NativeView gray, double scaleFactor, int minNeighbors, int minSize, int maxSize,
        out nint bytes, out NativeDetection* detections, out int count);

    [LibraryImport(Name)] public static partial int rv_network_load(byte* bytes, long count, out nint network);
    [LibraryImport(Name)] public static partial void rv_network_free(nint network);
    [LibraryImport(Name)] public static partial int rv_network_output_name(
        NetworkHandle network, int index, out byte* name);
    [LibraryImport(Name)] public static partial int rv_network_run(
        NetworkHandle network, NativeView image, int width, int height, double* mean, double scale, int bgr,
        out nint outputs, out int count);
    [LibraryImport(Name)] public static partial int rv_outputs_get(
        nint outputs, int index, out byte* name, out int dimensions, int* shape, out float* data);
    [LibraryImport(Name)] public static partial void rv_outputs_free(nint outputs);
}

/// <summary>RvPoint.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativePoint(float x, float y)
{
    public float X = x;
    public float Y = y;
}

/// <summary>RvDetection.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeDetection
{
    public int X;
    public int Y;
    public int Width;
    public int Height;
    public double Weight;
}
