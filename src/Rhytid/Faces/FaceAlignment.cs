using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces;

/// <summary>
/// The oriented square that FFHQ cuts out around a face (Karras, Laine and Aila 2019; the data set's published
/// procedure): its centre, size and rotation come from eyes and mouth.
/// </summary>
public sealed class FaceAlignment
{
    // A square larger than this times the target is shrunk by area before it is sampled.
    private const float LargestDirectShrink = 2;

    private FaceAlignment(Vector2 center, Vector2 x, Vector2 y)
    {
        TopLeft = center - x - y;
        BottomLeft = center - x + y;
        BottomRight = center + x + y;
        TopRight = center + x - y;
    }

    /// <summary>Corner in pixels of the photo; may lie outside it.</summary>
    public Vector2 TopLeft { get; }

    /// <inheritdoc cref="TopLeft"/>
    public Vector2 BottomLeft { get; }

    /// <inheritdoc cref="TopLeft"/>
    public Vector2 BottomRight { get; }

    /// <inheritdoc cref="TopLeft"/>
    public Vector2 TopRight { get; }

    /// <summary>The corners in the order top-left, bottom-left, bottom-right, top-right.</summary>
    public IReadOnlyList<Vector2> Corners => [TopLeft, BottomLeft, BottomRight, TopRight];

    /// <summary>Side of the square in pixels of the photo.</summary>
    public float SidePixels => Vector2.Distance(TopLeft, TopRight);

    /// <summary>The square for a face with these landmarks.</summary>
    public static FaceAlignment FromLandmarks(FaceLandmarks landmarks)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        var eyeToEye = landmarks.RightEye - landmarks.LeftEye;
        var eyeToMouth = landmarks.MouthCenter - landmarks.EyeCenter;
        var direction = Vector2.Normalize(eyeToEye - new Vector2(-eyeToMouth.Y, eyeToMouth.X));
        var x = direction * Math.Max(2.0f * eyeToEye.Length(), 1.8f * eyeToMouth.Length());
        var y = new Vector2(-x.Y, x.X);
        return new FaceAlignment(landmarks.EyeCenter + (0.1f * eyeToMouth), x, y);
    }

    /// <summary>Takes pixels of the cut-out face to pixels of the photo.</summary>
    /// <param name="size">Side of the cut-out face in pixels.</param>
    public Matrix3x2 FaceToPhoto(int size)
    {
        var across = (TopRight - TopLeft) / size;
        var down = (BottomLeft - TopLeft) / size;
        return new Matrix3x2(across.X, across.Y, down.X, down.Y, TopLeft.X, TopLeft.Y);
    }

    /// <summary>Cuts the face out.</summary>
    /// <param name="photo">The photo the landmarks belong to.</param>
    /// <param name="landmarks">Eyes and mouth in its pixels.</param>
    /// <param name="size">Side of the result in pixels.</param>
    /// <param name="border">What lies outside the photo; mirrored, as FFHQ has it, unless told.</param>
    public static FaceImage Cut(
        Image photo, FaceLandmarks landmarks, int size = FaceImage.DefaultSize, BorderMode border = BorderMode.Reflect)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var alignment = FromLandmarks(landmarks);
        var faceToPhoto = alignment.FaceToPhoto(size);
        Matrix3x2.Invert(faceToPhoto, out var photoToFace);
        var (source, sourceToPhoto) = Shrunk(photo, alignment.SidePixels / size);
        Matrix3x2.Invert(sourceToPhoto, out var photoToSource);
        var image = source.Warp(size, size, faceToPhoto * photoToSource, Interpolation.Linear, border);
        return new FaceImage(image, landmarks.Transform(photoToFace), faceToPhoto);
    }

    private static (Image Source, Matrix3x2 ToPhoto) Shrunk(Image photo, float shrink)
    {
        if (shrink <= LargestDirectShrink)
            return (photo, Matrix3x2.Identity);
        var width = Math.Max(1, (int)MathF.Round(photo.Width / shrink));
        var height = Math.Max(1, (int)MathF.Round(photo.Height / shrink));
        return (photo.Resize(width, height),
            Matrix3x2.CreateScale((float)photo.Width / width, (float)photo.Height / height));
    }
}
