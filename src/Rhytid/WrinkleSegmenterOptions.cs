using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Inference.Serialization;
using Rhytid.Segmentation;
using Rhytid.Shipped;

namespace Rhytid;

/// <summary>
/// What a <see cref="WrinkleSegmenter"/> is made of; the defaults are networks that ship with Rhytid.
/// </summary>
public sealed record WrinkleSegmenterOptions
{
    /// <summary>How wrinkles are found; the wrinkle network that ships unless given.</summary>
    public IWrinkleSegmenter? Method { get; init; }

    /// <summary>How faces are found; YuNet, which ships with Rhytid, unless given.</summary>
    public IFaceDetector? Detector { get; init; }

    /// <summary>
    /// Where eyes, brows, lips and nostrils are exactly; MediaPipe's mesh network, which ships with Rhytid, unless
    /// given.
    /// </summary>
    public IFaceMeshProvider? Mesh { get; init; }

    /// <summary>How skin is found; the face parser that ships unless given.</summary>
    public ISkinMaskProvider? Skin { get; init; }

    /// <summary>
    /// Side in pixels at which a face is worked on; what the method was made for, or 1024, unless given.
    /// </summary>
    public int? FaceSize { get; init; }

    /// <summary>
    /// Threads that work on one image in the networks that ship; as many as there are processors unless given.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>The shipped network that is loaded where <see cref="Method"/> is null.</summary>
    internal string ShippedMethod { get; init; } = ShippedModels.WrinkleModel;

    /// <summary>Limits for pictures that are read from files and streams.</summary>
    public ImageLoadOptions Load { get; init; } = ImageLoadOptions.Default;

    /// <summary>
    /// The chain in which no part's licence forbids a use: YuNet, MediaPipe's mesh, skin by colour with the drawn
    /// atlas, and the open wrinkle network. Its networks are disposed with the segmenter.
    /// </summary>
    /// <example><code>
    /// using var segmenter = WrinkleSegmenter.Load(WrinkleSegmenterOptions.LicenseClean());
    /// </code></example>
    /// <exception cref="Inference.Serialization.CheckpointException">The open wrinkle network does not ship, is missing or
    /// was changed.</exception>
    public static WrinkleSegmenterOptions LicenseClean()
    {
        // Said here, once, not with every photo.
        _ = ShippedModels.Default.PathOf(ShippedModels.OpenWrinkleModel);
        return new WrinkleSegmenterOptions
        {
            ShippedMethod = ShippedModels.OpenWrinkleModel,
            Skin = new SkinColorModel(SkinColorModelOptions.LicenseClean),
        };
    }
}
