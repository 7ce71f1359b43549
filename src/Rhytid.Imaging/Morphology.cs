using System.Drawing;
using OpenCvSharp;
using OpenCvSharp.XImgProc;

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
    /// <summary>Shrinks by a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.</summary>
    public static Mask Erode(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, MorphTypes.Erode, size, shape);

    /// <summary>Grows by a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.</summary>
    public static Mask Dilate(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, MorphTypes.Dilate, size, shape);

    /// <summary>Erosion, then dilation: removes what is narrower than the element.</summary>
    public static Mask Open(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, MorphTypes.Open, size, shape);

    /// <summary>Dilation, then erosion: fills gaps narrower than the element.</summary>
    public static Mask Close(this Mask mask, int size, ElementShape shape = ElementShape.Ellipse) =>
        Apply(mask, MorphTypes.Close, size, shape);

    /// <summary>
    /// The darkest value under a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.
    /// </summary>
    public static Plane<T> Erode<T>(this Plane<T> plane, int size, ElementShape shape = ElementShape.Ellipse)
        where T : unmanaged => Apply(plane, MorphTypes.Erode, size, shape);

    /// <summary>
    /// The brightest value under a structuring element of <paramref name="size"/> x <paramref name="size"/> pixels.
    /// </summary>
    public static Plane<T> Dilate<T>(this Plane<T> plane, int size, ElementShape shape = ElementShape.Ellipse)
        where T : unmanaged => Apply(plane, MorphTypes.Dilate, size, shape);

    /// <summary>Dilation, then erosion: removes dark detail narrower than the element.</summary>
    public static Plane<T> Close<T>(this Plane<T> plane, int size, ElementShape shape = ElementShape.Ellipse)
        where T : unmanaged => Apply(plane, MorphTypes.Close, size, shape);

    /// <summary>Lines one pixel wide, 8-connected (Guo and Hall).</summary>
    public static Mask Thin(this Mask mask)
    {
        var (labels, components) = mask.Components();
        var result = new Mask(mask.Width, mask.Height);
        // Components do not touch, so each is thinned in its own rectangle: the result is that of the whole picture,
        // whose many passes would read mostly background. What lies on the picture's edge is never thinned, because
        // rectangles end there too.
        foreach (var component in components)
        {
            var box = Rectangle.Intersect(
                Rectangle.Inflate(component.Bounds, 1, 1), new Rectangle(0, 0, mask.Width, mask.Height));
            var alone = new Mask(box.Width, box.Height);
            for (var y = 0; y < box.Height; y++)
                for (var x = 0; x < box.Width; x++)
                    alone[x, y] = labels[box.X + x, box.Y + y] == component.Label;
            OpenCv.Apply(alone, result, (from, to) =>
            {
                using var thinned = new Mat();
                using var place = new Mat(to, new Rect(box.X, box.Y, box.Width, box.Height));
                CvXImgProc.Thinning(from, thinned, ThinningTypes.GUOHALL);
                thinned.CopyTo(place, thinned);
            });
        }
        return result;
    }

    /// <summary>For each pixel in the mask the distance in pixels to the nearest pixel outside; 0 outside.</summary>
    public static Plane<float> Distance(this Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return OpenCv.Apply(
            mask, new Plane<float>(mask.Width, mask.Height),
            static (from, to) => Cv2.DistanceTransform(
                from, to, DistanceTypes.L2, DistanceTransformMasks.Precise, MatType.CV_32F));
    }

    /// <summary>The connected components, over 8 or 4 neighbours.</summary>
    public static ComponentLabels Components(this Mask mask, int connectivity = 8)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var labels = new Plane<int>(mask.Width, mask.Height);
        var components = new List<Component>();
        OpenCv.Apply(mask, labels, (from, to) =>
        {
            using var statistics = new Mat();
            using var centroids = new Mat();
            var count = Cv2.ConnectedComponentsWithStats(
                from, to, statistics, centroids, (PixelConnectivity)connectivity, MatType.CV_32S);
            for (var label = 1; label < count; label++)
            {
                var box = new Rectangle(
                    statistics.At<int>(label, 0), statistics.At<int>(label, 1), statistics.At<int>(label, 2),
                    statistics.At<int>(label, 3));
                components.Add(new Component(label, box, statistics.At<int>(label, 4)));
            }
        });
        return new ComponentLabels(labels, components);
    }

    private static Plane<T> Apply<T>(Plane<T> plane, MorphTypes operation, int size, ElementShape shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        return Apply(plane, new Plane<T>(plane.Width, plane.Height), operation, size, shape);
    }

    private static Mask Apply(Mask mask, MorphTypes operation, int size, ElementShape shape)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Apply(mask, new Mask(mask.Width, mask.Height), operation, size, shape);
    }

    private static TTarget Apply<TTarget>(
        IHasMat source, TTarget target, MorphTypes operation, int size, ElementShape shape)
        where TTarget : IHasMat
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return OpenCv.Apply(source, target, (from, to) =>
        {
            using var element = Cv2.GetStructuringElement((MorphShapes)shape, new OpenCvSharp.Size(size, size));
            Cv2.MorphologyEx(from, to, operation, element);
        });
    }
}
