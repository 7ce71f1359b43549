using System.Drawing;
using Rhytid.Imaging.Native;

namespace Rhytid.Imaging;

/// <summary>The shape of a structuring element.</summary>
public enum ElementShape
{
    /// <summary>All of the rectangle.</summary>
    Rectangle = 0,

    /// <summary>Middle row and middle column.</summary>
    Cross = 1,

    /// <summary>The ellipse inside the rectangle.</summary>
    Ellipse = 2,
}

/// <summary>One connected component of a mask.</summary>
/// <param name="Label">Its value in the label plane, from 1.</param>
/// <param name="Bounds">Bounding box in pixels.</param>
/// <param name="Area">Pixels.</param>
public readonly record struct Component(int Label, Rectangle Bounds, int Area);

/// <summary>Connected components: which pixel belongs to which.</summary>
/// <param name="Labels">0 = background.</param>
/// <param name="Components">Ordered by label.</param>
public sealed record ComponentLabels(Plane<int> Labels, IReadOnlyList<Component> Components);

/// <summary>Operations on masks (and grey erosion and dilation).</summary>
public static class Morphology
{
    private enum Operation
    {
        Erode = 0,
        Dilate = 1,
        Open = 2,
        Close = 3,
    }

    /// <summary>Shrinks by a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.</summary>
    public static Mask Erode(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, Operation.Erode, size, shape);

    /// <summary>Grows by a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.</summary>
    public static Mask Dilate(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, Operation.Dilate, size, shape);

    /// <summary>Erosion, then dilation: removes what is narrower than the element.</summary>
    public static Mask Open(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, Operation.Open, size, shape);

    /// <summary>Dilation, then erosion: fills gaps narrower than the element.</summary>
    public static Mask Close(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, Operation.Close, size, shape);

    /// <summary>
    /// The darkest value under a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.
    /// </summary>
    public static Plane<T> Erode<T>(this Plane<T> plane, int size, ElementShape shape = ElementShape.Ellipse)
        where T : unmanaged => Apply(plane, Operation.Erode, size, shape);

    /// <summary>
    /// The brightest value under a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.
    /// </summary>
    public static Plane<T> Dilate<T>(this Plane<T> plane, int size, ElementShape shape = ElementShape.Ellipse)
        where T : unmanaged => Apply(plane, Operation.Dilate, size, shape);

    /// <summary>Dilation, then erosion: removes dark detail narrower than the element.</summary>
    public static Plane<T> Close<T>(this Plane<T> plane, int size, ElementShape shape = ElementShape.Ellipse)
        where T : unmanaged => Apply(plane, Operation.Close, size, shape);

    /// <summary>Lines one pixel wide, 8-connected (Guo and Hall).</summary>
    public static Mask Thin(this Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Vision.Apply(
            mask, new Mask(mask.Width, mask.Height), static (from, to) => VisionLibrary.rv_thin(from, to));
    }

    /// <summary>For each pixel in the mask the distance in pixels to the nearest pixel outside; 0 outside.</summary>
    public static Plane<float> Distance(this Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Vision.Apply(
            mask, new Plane<float>(mask.Width, mask.Height), static (from, to) => VisionLibrary.rv_distance(from, to));
    }

    /// <summary>The connected components, over 8 or 4 neighbours.</summary>
    public static unsafe ComponentLabels Components(this Mask mask, int connectivity = 8)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var labels = new Plane<int>(mask.Width, mask.Height);
        Vision.Check(
            VisionLibrary.rv_components(
                mask.View, labels.View, connectivity, out var bytes, out var stats, out var count));
        GC.KeepAlive(mask);
        GC.KeepAlive(labels);
        try
        {
            var components = new List<Component>(count - 1);
            for (var label = 1; label < count; label++)
            {
                var s = stats + (5 * label);
                components.Add(new Component(label, new Rectangle(s[0], s[1], s[2], s[3]), s[4]));
            }
            return new ComponentLabels(labels, components);
        }
        finally
        {
            VisionLibrary.rv_bytes_free(bytes);
        }
    }

    private static Plane<T> Apply<T>(Plane<T> plane, Operation operation, int size, ElementShape shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return Vision.Apply(plane, new Plane<T>(plane.Width, plane.Height),
            (from, to) => VisionLibrary.rv_morphology(from, to, (int)operation, (int)shape, size, size, iterations: 1));
    }

    private static Mask Apply(Mask mask, Operation operation, int size, ElementShape shape)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return Vision.Apply(mask, new Mask(mask.Width, mask.Height),
            (from, to) => VisionLibrary.rv_morphology(from, to, (int)operation, (int)shape, size, size, iterations: 1));
    }
}
