using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>
/// Pixels in rows, channels interleaved: what <see cref="Image"/>, <see cref="Plane{T}"/> and <see cref="Mask"/> share.
/// </summary>
/// <typeparam name="T">The sample type.</typeparam>
public abstract class Raster<T> : IHasMat
    where T : unmanaged
{
    private readonly T[] _samples;

    private protected Raster(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        Channels = channels;
        // Pinned for life, so that native code may read it without a pin per call.
        _samples = GC.AllocateArray<T>(checked(width * height * channels), pinned: true);
    }

    private protected Raster(Raster<T> shared)
    {
        (Width, Height, Channels, _samples) = (shared.Width, shared.Height, shared.Channels, shared._samples);
    }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>Samples per pixel.</summary>
    public int Channels { get; }

    /// <summary>All samples, row by row: <c>Width * Height * Channels</c> of them.</summary>
    public Span<T> Samples => _samples;

    /// <summary>The samples as memory, for code that outlives a stack frame.</summary>
    public Memory<T> Memory => _samples;

    /// <summary>The samples of one row, <c>Width * Channels</c> of them.</summary>
    public Span<T> Row(int y) => _samples.AsSpan(checked(y * Width * Channels), Width * Channels);

    Mat IHasMat.AsMat() => AsMat();

    internal unsafe Mat AsMat()
    {
        var depth = default(T) switch
        {
            byte => MatType.CV_8U,
            ushort => MatType.CV_16U,
            int => MatType.CV_32S,
            float => MatType.CV_32F,
            _ => throw new ImageException($"OpenCV does not take samples of {typeof(T).Name}"),
        };
        var pixels = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_samples));
        return Mat.FromPixelData(Height, Width, MatType.MakeType(depth, Channels), pixels);
    }

    private protected void RequireSameSize<TOther>(Raster<TOther> other)
        where TOther : unmanaged
    {
        if (other.Width != Width || other.Height != Height)
            throw new ArgumentException($"expected {Width} x {Height} pixels, got {other.Width} x {other.Height}");
    }
}
