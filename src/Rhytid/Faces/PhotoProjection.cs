using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces;

/// <summary>
/// Carries what was found on an aligned face back to the pixels of its photo, and masks of the photo to the face.
/// </summary>
internal sealed class PhotoProjection
{
    private readonly FaceImage _face;
    private readonly Matrix3x2 _photoToFace;
    private readonly float _photoPixelsPerFacePixel;

    public PhotoProjection(FaceImage face, int photoWidth, int photoHeight)
    {
        _face = face;
        Matrix3x2.Invert(face.FaceToPhoto, out _photoToFace);
        _photoPixelsPerFacePixel = MathF.Sqrt(Math.Abs(face.FaceToPhoto.GetDeterminant()));
        Region = RegionOf(face, photoWidth, photoHeight);
    }

    /// <summary>The part of the photo that the face's square covers; one pixel at least.</summary>
    public Rectangle Region { get; }

    public Plane<float> Map(Plane<float> onFace) => Back(onFace, Interpolation.Linear);

    /// <summary>A pixel of the photo is in where the mask covers half of it.</summary>
    public Mask Mask(Mask onFace) =>
        Imaging.Mask.Where(Back(onFace.AsPlane(), Interpolation.Linear), static level => level > 127);

    /// <summary>Label values are kept as they are.</summary>
    public Plane<byte> Labels(Plane<byte> onFace) =>
        onFace.Warp(Region.Width, Region.Height, RegionToFace(), Interpolation.Nearest);

    public Mask ToFace(Mask onPhoto)
    {
        var warped = onPhoto.AsPlane().Warp(_face.Width, _face.Height, _face.FaceToPhoto);
        return Imaging.Mask.Where(warped, static level => level > 127);
    }

    private Matrix3x2 RegionToFace() => Matrix3x2.CreateTranslation(Region.X, Region.Y) * _photoToFace;

    private Plane<T> Back<T>(Plane<T> onFace, Interpolation interpolation)
        where T : unmanaged
    {
        // A small face was enlarged to be worked on: shrink by area first, or thin lines would be hit or missed by
        // chance.
        var (source, toSource) = (onFace, RegionToFace());
        if (_photoPixelsPerFacePixel < 0.75f)
        {
            var width = Math.Max(1, (int)MathF.Round(onFace.Width * _photoPixelsPerFacePixel));
            var height = Math.Max(1, (int)MathF.Round(onFace.Height * _photoPixelsPerFacePixel));
            source = onFace.Resize(width, height);
            toSource *= Matrix3x2.CreateScale((float)width / onFace.Width, (float)height / onFace.Height);
        }
        return source.Warp(Region.Width, Region.Height, toSource, interpolation);
    }

    private static Rectangle RegionOf(FaceImage face, int photoWidth, int photoHeight)
    {
        Vector2[] corners = [new(0, 0), new(face.Width, 0), new(0, face.Height), new(face.Width, face.Height)];
        var onPhoto = Array.ConvertAll(corners, corner => Vector2.Transform(corner, face.FaceToPhoto));
        var left = Math.Clamp((int)MathF.Floor(onPhoto.Min(p => p.X)), 0, photoWidth - 1);
        var top = Math.Clamp((int)MathF.Floor(onPhoto.Min(p => p.Y)), 0, photoHeight - 1);
        var right = Math.Clamp((int)MathF.Ceiling(onPhoto.Max(p => p.X)), left + 1, photoWidth);
        var bottom = Math.Clamp((int)MathF.Ceiling(onPhoto.Max(p => p.Y)), top + 1, photoHeight);
        return Rectangle.FromLTRB(left, top, right, bottom);
    }
}
