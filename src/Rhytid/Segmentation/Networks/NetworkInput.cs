using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Networks;
using Rhytid.Textures;

namespace Rhytid.Segmentation.Networks;

/// <summary>
/// Turns a face into what a network was trained to see: what a packed data set holds of it (<c>SamplePacker</c>), to
/// the pixel. A photo that is one whole face is scaled from its own pixels, whatever size it was searched for skin at.
/// </summary>
internal static class NetworkInput
{
    /// <summary>Scales, masks and normalises colour and, for four channels, the texture map.</summary>
    /// <param name="face">The aligned face.</param>
    /// <param name="skin">Of the face's size.</param>
    /// <param name="preprocessing">Size, masking, mean and deviation.</param>
    /// <returns>The long side is the preprocessing's size.</returns>
    public static NetworkImage Make(FaceImage face, Mask skin, Preprocessing preprocessing)
    {
        var picture = face.Whole ?? face.Image;
        var onPicture = skin.Width == picture.Width && skin.Height == picture.Height
            ? skin
            : new PhotoProjection(face, picture.Width, picture.Height).Mask(skin);
        var scale = (double)preprocessing.Size / Math.Max(picture.Width, picture.Height);
        var (width, height) =
            (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        var isSame = width == picture.Width && height == picture.Height;
        var image = isSame ? picture : picture.Resize(width, height, Interpolation.Area);
        var inside = isSame ? onPicture : MaskShrinker.Resize(onPicture, width, height, MaskResize.Half);
        // The texture is that of the unmasked picture: the mask's edge must not be drawn into it.
        var texture = preprocessing.Mean.Count == 4
            ? TextureMap.Compute(
                picture == face.Image && isSame ? face.Gray : image.ToGray(),
                preprocessing.WholeTexture ? null : inside)
            : null;
        return NetworkImage.Normalize(image, texture, preprocessing.Masked ? inside : null, preprocessing);
    }
}
