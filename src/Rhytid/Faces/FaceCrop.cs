using System.Drawing;
using System.Numerics.Tensors;
using Rhytid.Imaging;

namespace Rhytid.Faces;

/// <summary>A face cut out of a photo, and the way back to the photo's pixels.</summary>
public sealed class FaceCrop
{
    internal FaceCrop(Image photo, DetectedFace detection, FaceImage face)
    {
        Detection = detection;
        Face = face;
        Projection = new PhotoProjection(face, photo.Width, photo.Height);
    }

    /// <summary>The detection that this face was cut from.</summary>
    public DetectedFace Detection { get; }

    /// <summary>The aligned face.</summary>
    public FaceImage Face { get; }

    /// <summary>The part of the photo, in pixels, that the face's square covers.</summary>
    public Rectangle Region => Projection.Region;

    internal PhotoProjection Projection { get; }

    /// <summary>Adds a mask of the aligned face to a mask of the photo.</summary>
    /// <param name="onFace">Of the face image's size.</param>
    /// <param name="onPhoto">Of the photo's size.</param>
    public void Add(Mask onFace, Mask onPhoto)
    {
        ArgumentNullException.ThrowIfNull(onFace);
        ArgumentNullException.ThrowIfNull(onPhoto);
        var part = Projection.Mask(onFace);
        for (var y = 0; y < Region.Height; y++)
        {
            var row = onPhoto.Row(Region.Y + y).Slice(Region.X, Region.Width);
            TensorPrimitives.BitwiseOr(row, part.Row(y), row);
        }
    }

    /// <summary>
    /// Copies labels of the aligned face to those of the photo, except where they are 0 (background).
    /// </summary>
    /// <param name="onFace">Of the face image's size.</param>
    /// <param name="onPhoto">Of the photo's size.</param>
    public void Add(Plane<byte> onFace, Plane<byte> onPhoto)
    {
        ArgumentNullException.ThrowIfNull(onFace);
        ArgumentNullException.ThrowIfNull(onPhoto);
        var part = Projection.Labels(onFace);
        for (var y = 0; y < Region.Height; y++)
        {
            var from = part.Row(y);
            var to = onPhoto.Row(Region.Y + y).Slice(Region.X, Region.Width);
            for (var x = 0; x < from.Length; x++)
                to[x] = from[x] != 0 ? from[x] : to[x];
        }
    }
}
