using System.Drawing;
using OpenCvSharp;

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
    // OpenCV's classifiers keep scratch memory: one call at a time.
    private readonly Lock _oneAtATime = new();
    private readonly OpenCvSharp.CascadeClassifier _classifier;

    /// <summary>Reads a classifier.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageException">The file is no cascade.</exception>
    public CascadeClassifier(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such cascade file", path);
        _classifier = OpenCv.Run(() => new OpenCvSharp.CascadeClassifier());
        try
        {
            if (OpenCv.Run(() => _classifier.Load(path)))
                return;
        }
        catch (ImageException)
        {
        }
        _classifier.Dispose();
        throw new ImageException($"{path}: not a cascade classifier file");
    }

    /// <summary>Searches a grey picture at every scale.</summary>
    /// <param name="gray">The picture.</param>
    /// <param name="scaleFactor">Growth of the window from one scale to the next, above 1.</param>
    /// <param name="minNeighbors">How many overlapping hits make a detection.</param>
    /// <param name="minSize">Smallest side in pixels.</param>
    /// <param name="maxSize">Largest side in pixels, 0 = any.</param>
    public IReadOnlyList<Detection> Detect(
        Plane<byte> gray, double scaleFactor = 1.1, int minNeighbors = 5, int minSize = 30, int maxSize = 0)
    {
        ArgumentNullException.ThrowIfNull(gray);
        var (boxes, weights) = OpenCv.Run(() =>
        {
            using var pixels = gray.AsMat();
            lock (_oneAtATime)
                return (
                    _classifier.DetectMultiScale(
                        pixels, out _, out var weights, scaleFactor, minNeighbors, 0,
                        new OpenCvSharp.Size(minSize, minSize), new OpenCvSharp.Size(maxSize, maxSize),
                        outputRejectLevels: true),
                    weights);
        });
        GC.KeepAlive(gray);
        return [.. boxes.Select(
            (box, i) => new Detection(new Rectangle(box.X, box.Y, box.Width, box.Height), weights[i]))];
    }

    /// <inheritdoc/>
    public void Dispose() => _classifier.Dispose();
}
