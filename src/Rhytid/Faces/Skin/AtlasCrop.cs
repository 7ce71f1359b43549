using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>A face in the frame of the atlas: FFHQ's square, at the size the skin model works at.</summary>
internal sealed class AtlasCrop
{
    /// <summary>Side of the crop in pixels.</summary>
    public const int Size = 512;

    private AtlasCrop(Image image, Matrix3x2 cropToFace)
    {
        Image = image;
        CropToFace = cropToFace;
    }

    /// <summary>The crop's pixels.</summary>
    public Image Image { get; }

    /// <summary>Takes pixels of the crop to pixels of the face image.</summary>
    public Matrix3x2 CropToFace { get; }

    /// <summary>Pixels of the face image per pixel of the crop.</summary>
    public float FacePixelsPerCropPixel => new Vector2(CropToFace.M11, CropToFace.M12).Length();

    /// <summary>Cuts the atlas frame out of a face image.</summary>
    public static AtlasCrop Cut(FaceImage face)
    {
        var cropToFace = Frame(face);
        // Shrunk by area first: sampling alone would alias.
        var shrink = Math.Max(1, new Vector2(cropToFace.M11, cropToFace.M12).Length());
        var width = Math.Max(1, (int)MathF.Round(face.Width / shrink));
        var height = Math.Max(1, (int)MathF.Round(face.Height / shrink));
        var source = (width, height) == (face.Width, face.Height) ? face.Image : face.Image.Resize(width, height);
        var faceToSource = Matrix3x2.CreateScale((float)width / face.Width, (float)height / face.Height);
        return new AtlasCrop(
            source.Warp(Size, Size, cropToFace * faceToSource, Interpolation.Linear, BorderMode.Reflect), cropToFace);
    }

    /// <summary>Puts a map over the crop (of any grid size) onto the face image; 0 outside the crop.</summary>
    public Plane<float> ToFace(Plane<float> map, FaceImage face)
    {
        Matrix3x2.Invert(CropToFace, out var faceToCrop);
        return map.Warp(face.Width, face.Height, faceToCrop * Matrix3x2.CreateScale((float)map.Width / Size));
    }

    // Estimated landmarks say no more than that the picture is a face: its middle square then is the frame.
    private static Matrix3x2 Frame(FaceImage face)
    {
        if (!face.Landmarks.EyesEstimated)
            return FaceAlignment.FromLandmarks(face.Landmarks).FaceToPhoto(Size);
        var side = Math.Min(face.Width, face.Height);
        return Matrix3x2.CreateScale((float)side / Size)
            * Matrix3x2.CreateTranslation((face.Width - side) / 2f, (face.Height - side) / 2f);
    }
}
