using System.Drawing;
using System.Numerics;
using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>How pixels between pixels are made up.</summary>
public enum Interpolation
{
    /// <summary>The nearest pixel: for labels and masks.</summary>
    Nearest = 0,

    /// <summary>Between the four neighbours.</summary>
    Linear = 1,

    /// <summary>Bicubic.</summary>
    Cubic = 2,

    /// <summary>The mean of the covered area: for shrinking.</summary>
    Area = 3,

    /// <summary>Lanczos, 8 x 8 neighbours.</summary>
    Lanczos = 4,
}

/// <summary>What lies outside a picture's edge.</summary>
public enum BorderMode
{
    /// <summary>Zero.</summary>
    Zero = 0,

    /// <summary>The edge pixel, repeated.</summary>
    Replicate = 1,

    /// <summary>The picture mirrored, edge pixel included (dcba|abcd).</summary>
    Reflect = 2,

    /// <summary>The picture mirrored without its edge pixel (dcb|abcd), OpenCV's default.</summary>
    Reflect101 = 4,
}

/// <summary>Resizing and warping.</summary>
public static class Geometry
{
    /// <summary>A part of a picture, copied.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="part">Must lie inside it.</param>
    public static Image Crop(this Image image, Rectangle part)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (!new Rectangle(0, 0, image.Width, image.Height).Contains(part))
            throw new ArgumentException(
                $"{part} does not lie in a picture of {image.Width} x {image.Height} pixels", nameof(part));
        var crop = new Image(part.Width, part.Height);
        for (var y = 0; y < part.Height; y++)
            image.Row(part.Y + y).Slice(3 * part.X, 3 * part.Width).CopyTo(crop.Row(y));
        return crop;
    }

    /// <summary>Resizes a picture; the default shrinks by area and enlarges bilinearly.</summary>
    public static Image Resize(this Image image, int width, int height, Interpolation? interpolation = null) =>
        Resize(image, new Image(width, height), interpolation);

    /// <summary>Resizes a plane; the default shrinks by area and enlarges bilinearly.</summary>
    public static Plane<T> Resize<T>(this Plane<T> plane, int width, int height, Interpolation? interpolation = null)
        where T : unmanaged => Resize(plane, new Plane<T>(width, height), interpolation);

    /// <summary>Resizes a mask; a pixel of the result is in where at least half of it is covered.</summary>
    public static Mask Resize(this Mask mask, int width, int height)
    {
        var covered = Resize(mask, new Mask(width, height), interpolation: null);
        foreach (ref var sample in covered.Samples)
            sample = sample > 127 ? Mask.Set : (byte)0;
        return covered;
    }

    /// <summary>
    /// Samples <paramref name="image"/> at the places where <paramref name="targetToSource"/> puts the target's pixel
    /// centres.
    /// </summary>
    /// <param name="image">The source.</param>
    /// <param name="width">Columns of the target.</param>
    /// <param name="height">Rows of the target.</param>
    /// <param name="targetToSource">Continuous coordinates in pixels: the first pixel's centre is (0.5, 0.5).</param>
    /// <param name="interpolation">Bilinear unless told.</param>
    /// <param name="border">What lies outside the source.</param>
    public static Image Warp(this Image image, int width, int height, Matrix3x2 targetToSource,
        Interpolation interpolation = Interpolation.Linear, BorderMode border = BorderMode.Zero) =>
        Warp(image, new Image(width, height), targetToSource, interpolation, border);

    /// <inheritdoc cref="Warp(Image, int, int, Matrix3x2, Interpolation, BorderMode)"/>
    public static Plane<T> Warp<T>(this Plane<T> image, int width, int height, Matrix3x2 targetToSource,
        Interpolation interpolation = Interpolation.Linear, BorderMode border = BorderMode.Zero)
        where T : unmanaged => Warp(image, new Plane<T>(width, height), targetToSource, interpolation, border);

    private static TTarget Resize<TSource, TTarget>(
        Raster<TSource> source, TTarget target, Interpolation? interpolation)
        where TSource : unmanaged
        where TTarget : Raster<TSource>
    {
        ArgumentNullException.ThrowIfNull(source);
        var shrinks = target.Width < source.Width || target.Height < source.Height;
        var code = (InterpolationFlags)(interpolation ?? (shrinks ? Interpolation.Area : Interpolation.Linear));
        return OpenCv.Apply(source, target, (from, to) => Cv2.Resize(from, to, to.Size(), interpolation: code));
    }

    private static TTarget Warp<TSource, TTarget>(
        Raster<TSource> source, TTarget target, Matrix3x2 m, Interpolation interpolation, BorderMode border)
        where TSource : unmanaged
        where TTarget : Raster<TSource>
    {
        ArgumentNullException.ThrowIfNull(source);
        // OpenCV counts from pixel centres: (0, 0) is the middle of the first pixel.
        double[] matrix =
        [
            m.M11, m.M21, (0.5 * (m.M11 + m.M21)) + m.M31 - 0.5,
            m.M12, m.M22, (0.5 * (m.M12 + m.M22)) + m.M32 - 0.5,
        ];
        return OpenCv.Apply(source, target, (from, to) =>
        {
            using var values = Mat.FromPixelData(2, 3, MatType.CV_64FC1, matrix);
            Cv2.WarpAffine(
                from, to, values, to.Size(), (InterpolationFlags)interpolation | InterpolationFlags.WarpInverseMap,
                (BorderTypes)border);
        });
    }
}
