using Rhytid.Imaging;
using Rhytid.Segmentation;

namespace Rhytid;

/// <summary>The wrinkles of a photo.</summary>
public sealed class SegmentationResult
{
    internal const string NoFace =
        "no face was found; take a photo with a close-up of a face, or treat the whole picture as one (--whole)";

    private readonly string? _methodWarning;

    internal SegmentationResult(
        Image photo, string method, string detector, IReadOnlyList<FaceResult> faces, string? methodWarning = null,
        WeightsFile? weights = null)
    {
        (Photo, Method, Detector, Faces) = (photo, method, detector, faces);
        _methodWarning = methodWarning;
        Weights = weights;
    }

    /// <summary>The photo, upright.</summary>
    public Image Photo { get; }

    /// <summary>Name of the method that found the wrinkles.</summary>
    public string Method { get; }

    /// <summary>The weights of the network that found the wrinkles; null for other methods.</summary>
    public WeightsFile? Weights { get; }

    /// <summary>Name of the face detector, <c>whole</c> or <c>given</c>.</summary>
    public string Detector { get; }

    /// <summary>The faces that were worked on, the largest first; empty where none was found.</summary>
    public IReadOnlyList<FaceResult> Faces { get; }

    /// <summary>The largest face, or null where none was found.</summary>
    public FaceResult? Face => Faces.Count > 0 ? Faces[0] : null;

    /// <summary>One plain sentence per problem with the photo or the method.</summary>
    public IReadOnlyList<string> Warnings => Faces.Count == 0
        ? [NoFace]
        : [.. Faces.SelectMany(face => face.Quality.Warnings).Prepend(_methodWarning).OfType<string>().Distinct()];

    /// <summary>The wrinkles of all faces, of the photo's size.</summary>
    public Mask WrinkleMask => Union(face => face.WrinkleMask);

    /// <summary>The skin of all faces, of the photo's size.</summary>
    public Mask SkinMask => Union(face => face.SkinMask);

    /// <summary>
    /// How wrinkle-like each pixel is, 0 to 1, of the photo's size; the highest value where faces overlap.
    /// </summary>
    public Plane<float> WrinkleMap
    {
        get
        {
            var whole = new Plane<float>(Photo.Width, Photo.Height);
            foreach (var face in Faces)
            {
                for (var y = 0; y < face.Region.Height; y++)
                {
                    var to = whole.Row(face.Region.Y + y).Slice(face.Region.X, face.Region.Width);
                    System.Numerics.Tensors.TensorPrimitives.Max(to, face.WrinkleMap.Row(y), to);
                }
            }
            return whole;
        }
    }

    /// <summary>
    /// 1 = fine, 2 = coarse wrinkle, of the photo's size; null for methods that do not tell them apart.
    /// </summary>
    public Plane<byte>? WrinkleLevels
    {
        get
        {
            if (!Faces.Any(face => face.WrinkleLevels is not null))
                return null;
            var whole = new Plane<byte>(Photo.Width, Photo.Height);
            foreach (var face in Faces)
                for (var y = 0; face.WrinkleLevels is { } levels && y < face.Region.Height; y++)
                {
                    var to = whole.Row(face.Region.Y + y).Slice(face.Region.X, face.Region.Width);
                    System.Numerics.Tensors.TensorPrimitives.Max(to, levels.Row(y), to);
                }
            return whole;
        }
    }

    private Mask Union(Func<FaceResult, Mask> part)
    {
        var whole = new Mask(Photo.Width, Photo.Height);
        foreach (var face in Faces)
        {
            var mask = part(face);
            for (var y = 0; y < face.Region.Height; y++)
            {
                var to = whole.Row(face.Region.Y + y).Slice(face.Region.X, face.Region.Width);
                System.Numerics.Tensors.TensorPrimitives.BitwiseOr(to, mask.Row(y), to);
            }
        }
        return whole;
    }
}
