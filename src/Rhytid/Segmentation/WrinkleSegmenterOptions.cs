using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Segmentation;

namespace Rhytid;

/// <summary>What a <see cref="WrinkleSegmenter"/> is made of; the defaults are networks that ship with Rhytid.</summary>
public sealed record WrinkleSegmenterOptions
{
    /// <summary>How wrinkles are found; the wrinkle network that ships unless given.</summary>
    public IWrinkleSegmenter? Method { get; init; }

    /// <summary>How faces are found; YuNet, which ships with Rhytid, unless given.</summary>
    public IFaceDetector? Detector { get; init; }

    /// <summary>Where eyes, brows, lips and nostrils are exactly; MediaPipe's mesh network, which ships with Rhytid, unless given.</summary>
    public IFaceMeshProvider? Mesh { get; init; }

    /// <summary>How skin is found; the face parser that ships unless given.</summary>
    public ISkinMaskProvider? Skin { get; init; }

    /// <summary>Side in pixels at which a face is worked on; what the method was made for, or 1024, unless given.</summary>
    public int? FaceSize { get; init; }

    /// <summary>Limits for pictures that are read from files and streams.</summary>
    public ImageLoadOptions Load { get; init; } = ImageLoadOptions.Default;
}
