using System.Numerics;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;

namespace Rhytid.Faces;

/// <summary>One face, cut out and turned upright: what every wrinkle method works on.</summary>
public sealed class FaceImage
{
    /// <summary>Side in pixels of an aligned face (FFHQ's).</summary>
    public const int DefaultSize = 1024;

    private Plane<byte>? _gray;

    internal FaceImage(Image image, FaceLandmarks landmarks, Matrix3x2 faceToPhoto)
    {
        Image = image;
        Landmarks = landmarks;
        FaceToPhoto = faceToPhoto;
    }

    /// <summary>The face's pixels.</summary>
    public Image Image { get; }

    /// <summary>The photo, where all of it was scaled to be this face; null for a face that was cut out.</summary>
    internal Image? Whole { get; init; }

    /// <summary>The face's mesh in pixels of <see cref="Image"/>; null where none was found or looked for.</summary>
    public FaceMesh? Mesh { get; private init; }

    /// <summary>Columns of <see cref="Image"/>.</summary>
    public int Width => Image.Width;

    /// <summary>Rows of <see cref="Image"/>.</summary>
    public int Height => Image.Height;

    /// <summary>Eyes and mouth in pixels of <see cref="Image"/>.</summary>
    public FaceLandmarks Landmarks { get; }

    /// <summary>
    /// Takes a point of <see cref="Image"/> to the photo it was cut from; both in pixels, first centre (0.5, 0.5).
    /// </summary>
    public Matrix3x2 FaceToPhoto { get; }

    /// <summary>Grey levels of <see cref="Image"/> (0.299 R + 0.587 G + 0.114 B), made at the first use.</summary>
    public Plane<byte> Gray => _gray ??= Image.ToGray();

    /// <summary>Takes a picture that already is an aligned face, such as an FFHQ crop, as it is.</summary>
    /// <param name="image">The face.</param>
    /// <param name="landmarks">Eyes and mouth in its pixels; FFHQ's mean positions unless given.</param>
    public static FaceImage FromAligned(Image image, FaceLandmarks? landmarks = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new FaceImage(image, landmarks ?? MeanLandmarks(image.Width, image.Height), Matrix3x2.Identity);
    }

    internal FaceImage With(FaceMesh mesh) => new(Image, Landmarks, FaceToPhoto) { Whole = Whole, Mesh = mesh };

    // The mean positions hold for a square: the largest one in the middle of the picture.
    internal static FaceLandmarks MeanLandmarks(int width, int height)
    {
        var side = Math.Min(width, height);
        var square = Matrix3x2.CreateScale(side)
            * Matrix3x2.CreateTranslation((width - side) / 2f, (height - side) / 2f);
        return FaceLandmarks.FfhqMean.Transform(square) with { EyesEstimated = true, MouthEstimated = true };
    }
}
