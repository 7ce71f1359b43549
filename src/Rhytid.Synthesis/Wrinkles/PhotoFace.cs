using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>The face of a photo that can be painted on.</summary>
/// <param name="Landmarks">Eyes and mouth in pixels of the photo.</param>
/// <param name="Skin">Its skin, of the photo's size.</param>
public sealed record PhotoFace(FaceLandmarks Landmarks, Mask Skin)
{
    // On an aligned face, eyes that a detector sees this far (shares of the side) from FFHQ's mean belong to somebody
    // else.
    private const float MostShift = 0.08f;

    /// <summary>Finds the largest face of a photo and its skin.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="finder">Finds faces.</param>
    /// <param name="skin">Finds skin.</param>
    /// <param name="whole">The photo is one aligned face.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The face, or why there is none: a plain sentence.</returns>
    /// <exception cref="ImageException">The face detector is not installed.</exception>
    public static (PhotoFace? Face, string? Reason) Find(
        Image photo, FaceFinder finder, ISkinMaskProvider skin, bool whole,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(skin);
        var detected =
            finder.Find(photo, new SegmentOptions()).Faces.FirstOrDefault(face => !face.Landmarks.EyesEstimated);
        var face = whole ? finder.Find(photo, new SegmentOptions { Whole = true }).Faces[0] : detected;
        if (face is null)
            return (null, "no face with two eyes was found; --whole takes a picture that is one aligned face");
        var cut = finder.Cut(photo, face, whole).Face;
        Matrix3x2.Invert(cut.FaceToPhoto, out var photoToFace);
        var found = skin.Find(cut, cancellationToken);
        var onPhoto = found.AsPlane().ToFloat().Warp(photo.Width, photo.Height, photoToFace);
        var mask = Mask.Where(onPhoto, level => level > byte.MaxValue / 2f);
        if (mask.Count() == 0)
            return (null, "no skin was found on this face");
        // The mean positions are right on average; those of this face are better.
        var landmarks = whole
            && detected is not null
            && IsNear(detected.Landmarks, face.Landmarks, MostShift * photo.Width)
                ? detected.Landmarks
                : face.Landmarks;
        return (new PhotoFace(landmarks, mask), null);
    }

    private static bool IsNear(FaceLandmarks found, FaceLandmarks mean, float most) =>
        Vector2.Distance(found.LeftEye, mean.LeftEye) < most && Vector2.Distance(found.RightEye, mean.RightEye) < most;
}
