using System.Drawing;
using Rhytid.Imaging.Native;

namespace Rhytid.Imaging.Detection;

/// <summary>A rectangle that a detector found.</summary>
/// <param name="Box">In pixels.</param>
/// <param name="Weight">The detector's own measure of certainty.</param>
public readonly record struct Detection(Rectangle Box, double Weight);

/// <summary>
/// A boosted cascade of simple features (Viola and Jones, 2001), read from OpenCV's XML. Safe to use from many threads.
/// </summary>
public sealed class CascadeClassifier : IDisposable
{
    private readonly CascadeHandle _handle;

    /// <summary>Reads a classifier.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageException">The file is no cascade.</exception>
    public CascadeClassifier(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such cascade file", path);
        try
        {
            _handle = CascadeHandle.Load(path);
        }
        catch (VisionException error)
        {
            throw new ImageException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Searches a grey picture at every scale.</summary>
    /// <param name="gray">The picture.</param>
    /// <param name="scaleFactor">Growth of the window from one scale to the next, above 1.</param>
    /// <param name="minNeighbors">How many overlapping hits make a detection.</param>
    /// <param name="minSize">Smallest side in pixels.</param>
    /// <param name="maxSize">Largest side in pixels, 0 = any.</param>
    public unsafe IReadOnlyList<Detection> Detect(
        Plane<byte> gray, double scaleFactor = 1.1, int minNeighbors = 5, int minSize = 30, int maxSize = 0)
    {
        ArgumentNullException.ThrowIfNull(gray);
        Vision.Check(VisionLibrary.rv_cascade_detect(_handle, gray.View, scaleFactor, minNeighbors, minSize, maxSize,
            out var bytes, out var found, out var count));
        GC.KeepAlive(gray);
        try
        {
            var detections = new Detection[count];
            for (var i = 0; i < count; i++)
                detections[i] = new Detection(
                    new Rectangle(found[i].X, found[i].Y, found[i].Width, found[i].Height), found[i].Weight);
            return detections;
        }
        finally
        {
            VisionLibrary.rv_bytes_free(bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
