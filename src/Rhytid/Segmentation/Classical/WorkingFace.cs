using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>A face as the filters see it. All lengths in the options of the methods are pixels of this size.</summary>
internal sealed class WorkingFace
{
    /// <summary>Longest side in pixels. Smaller faces are left as they are: enlarging adds no detail.</summary>
    public const int LongestSide = 512;

    // The rim of a skin mask mixes skin with brow, lash or hair, and would darken the local mean.
    private const float RimPixels = 2;

    // Edges of brows, lashes, lips and nostrils answer like wrinkles this far into the skin.
    private const float MarginPixels = 4;

    // Wide enough to leave the deepest wrinkle, narrow enough to take out the shading of cheek and nose.
    private const double ShadingSigmaPixels = 12;

    private readonly Mask _faceSkin;

    private WorkingFace(Mask faceSkin, Plane<float> gray, Mask skin)
    {
        var depth = skin.Distance();
        _faceSkin = faceSkin;
        Gray = gray;
        Skin = Mask.Where(depth, static pixels => pixels > RimPixels);
        Flat = SkinMean.Flatten(gray, Skin, ShadingSigmaPixels);
        Searched = Mask.Where(depth, static pixels => pixels > MarginPixels);
    }

    /// <summary>Grey levels, 0 to 255.</summary>
    public Plane<float> Gray { get; }

    /// <summary>Evenly lit skin around <see cref="SkinMean.FlatGray"/>, and plain grey outside.</summary>
    public Plane<float> Flat { get; }

    /// <summary>Skin without its rim: what local means are taken over.</summary>
    public Mask Skin { get; }

    /// <summary>Skin without a wider margin: where lines are accepted.</summary>
    public Mask Searched { get; }

    public int Width => Gray.Width;

    public int Height => Gray.Height;

    /// <summary>Columns of the face image.</summary>
    public int FaceWidth => _faceSkin.Width;

    /// <summary>Rows of the face image.</summary>
    public int FaceHeight => _faceSkin.Height;

    public static WorkingFace Prepare(FaceImage face, Mask skin)
    {
        var scale = Math.Min(1.0, (double)LongestSide / Math.Max(face.Width, face.Height));
        var width = Math.Max(1, (int)Math.Round(face.Width * scale));
        var height = Math.Max(1, (int)Math.Round(face.Height * scale));
        var resized = scale < 1;
        var gray = resized ? face.Gray.Resize(width, height) : face.Gray;
        return new WorkingFace(skin, gray.ToFloat(), resized ? skin.Resize(width, height) : skin);
    }

    /// <summary>A decision at the face image's size, inside the skin.</summary>
    public Mask Enlarge(Mask decided) =>
        (decided.Width == FaceWidth && decided.Height == FaceHeight
            ? decided
            : decided.Resize(FaceWidth, FaceHeight)).And(_faceSkin);

    /// <summary>A response at the face image's size, zero outside the skin.</summary>
    public Plane<float> Enlarge(Plane<float> response)
    {
        var result = response.Resize(FaceWidth, FaceHeight);
        var values = result.Samples;
        var skin = _faceSkin.Samples;
        for (var i = 0; i < values.Length; i++)
            values[i] = skin[i] == 0 ? 0 : values[i];
        return result;
    }

    /// <summary>The centre of a working pixel, in pixels of the face image.</summary>
    public Vector2 ToFacePoint((int X, int Y) pixel) =>
        new((pixel.X + 0.5f) * FaceWidth / Width, (pixel.Y + 0.5f) * FaceHeight / Height);
}
