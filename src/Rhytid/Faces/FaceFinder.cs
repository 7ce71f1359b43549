using System.Drawing;
using System.Numerics;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;
using Rhytid.Inference.Serialization;

namespace Rhytid.Faces;

/// <summary>
/// Finds the faces that are to be worked on (detected, pointed out, or the whole picture) and cuts them out. Safe to
/// use from many threads.
/// </summary>
public sealed class FaceFinder : IDisposable
{
    private readonly Lazy<IFaceDetector> _detector;
    private readonly bool _ownsDetector;
    private readonly Lazy<IFaceMeshProvider> _mesh;
    private readonly bool _ownsMesh;
    private readonly int _faceSize;

    // The mesh network sees a face in 192 pixels: a crop of this side has all that it can use.
    private const int MeshCropSize = 512;

    // How far, in the detector's eye distances, an eye or the mouth of the mesh may lie from the detector's, and how
    // much wider or narrower its eyes may stand: beyond, the mesh is not on this face.
    private const float MostShift = 0.35f;
    private const float MostEyeDistanceRatio = 1.6f;

    /// <summary>Makes a finder.</summary>
    /// <param name="detector">How faces are found, not disposed with the finder; YuNet, which ships with Rhytid, unless
    /// given.</param>
    /// <param name="faceSize">Side in pixels of faces that are cut out.</param>
    /// <param name="mesh">Where eyes and mouth are exactly, not disposed with the finder; MediaPipe's network, which
    /// ships with Rhytid, unless given.</param>
    public FaceFinder(
        IFaceDetector? detector = null, int faceSize = FaceImage.DefaultSize, IFaceMeshProvider? mesh = null)
    {
        _faceSize = faceSize;
        _ownsDetector = detector is null;
        _ownsMesh = mesh is null;
        _mesh = new Lazy<IFaceMeshProvider>(() => mesh ?? FaceMeshNetwork.LoadShipped());
        // A user who says where the face is needs no detector installed.
        _detector = new Lazy<IFaceDetector>(() => detector ?? OnnxFaceDetector.LoadShipped());
    }

    /// <summary>
    /// Finds faces, the largest first, and says who found them: the detector's name, <c>whole</c> or <c>given</c>.
    /// </summary>
    /// <exception cref="Inference.Serialization.CheckpointException">A network that ships with Rhytid is missing or
    /// changed.</exception>
    /// <exception cref="ImageException">The given face detector is not installed.</exception>
    /// <exception cref="ArgumentException">The given face lies outside the photo, or is given for a whole
    /// picture.</exception>
    public (string Detector, IReadOnlyList<DetectedFace> Faces) Find(Image photo, SegmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Whole && options.FaceBox is not null)
            throw new ArgumentException(
                "a picture is one whole face or has a face in a box, not both", nameof(options));
        if (options.Whole)
        {
            var landmarks = FaceImage.MeanLandmarks(photo.Width, photo.Height);
            return ("whole",
                [WithMesh(
                    photo, new DetectedFace(new RectangleF(0, 0, photo.Width, photo.Height), landmarks, Score: null),
                    isAligned: true)]);
        }
        if (options.FaceBox is { } box)
        {
            // A face at the edge may be cut off; one that is mostly outside cannot be measured.
            var inside = RectangleF.Intersect(box, new RectangleF(0, 0, photo.Width, photo.Height));
            if (box.Width < 1 || box.Height < 1 || inside.Width * inside.Height < box.Width * box.Height / 2)
                throw new ArgumentException(
                    $"the face box {box.X},{box.Y},{box.Width},{box.Height} lies outside the photo of {photo.Width} x {photo.Height} pixels",
                    nameof(options));
            return ("given", [WithMesh(photo, FaceInBox(photo, box))]);
        }
        var most = options.Faces == FaceSelection.All ? int.MaxValue : 1;
        return (_detector.Value.Name,
            [.. _detector.Value.Detect(photo, most).Take(most).Select(face => WithMesh(photo, face))]);
    }

    /// <summary>Cuts a face out and turns it upright.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="face">As <see cref="Find"/> found it.</param>
    /// <param name="whole">The whole picture is the face: it is only resized.</param>
    public FaceCrop Cut(Image photo, DetectedFace face, bool whole = false)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(face);
        var cut = whole ? WholeFace(photo, face.Landmarks) : FaceAlignment.Cut(photo, face.Landmarks, _faceSize);
        if (face.Mesh is null)
            return new FaceCrop(photo, face, cut);
        Matrix3x2.Invert(cut.FaceToPhoto, out var photoToFace);
        return new FaceCrop(photo, face, cut.With(face.Mesh.Transform(photoToFace)));
    }

    /// <summary>Reads the mesh network ahead of the first face.</summary>
    internal void LoadMesh() => _ = _mesh.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsDetector && _detector.IsValueCreated)
            (_detector.Value as IDisposable)?.Dispose();
        if (_ownsMesh && _mesh.IsValueCreated)
            (_mesh.Value as IDisposable)?.Dispose();
    }

    // The mesh's eyes and mouth take the place of the detector's where both speak of the same face. A picture that is
    // aligned already keeps its points: nothing is cut by them.
    private DetectedFace WithMesh(Image photo, DetectedFace face, bool isAligned = false)
    {
        if (_mesh.Value == IFaceMeshProvider.None)
            return face;
        // Mirrored at a near edge of the photo, a face would have a second pair of eyes; with its edge repeated, a chin
        // that is cut off grows long, and is another one once the photo is turned.
        var cut = FaceAlignment.Cut(photo, face.Landmarks, MeshCropSize, BorderMode.Zero);
        if (_mesh.Value.Find(cut) is not { } found)
            return face;
        var mesh = found.Transform(cut.FaceToPhoto);
        var landmarks = mesh.ToLandmarks();
        return !Agree(landmarks, face.Landmarks)
            ? face
            : face with { Mesh = mesh, Landmarks = isAligned ? face.Landmarks : landmarks };
    }

    private static bool Agree(FaceLandmarks mesh, FaceLandmarks detector)
    {
        // Places by proportions are a guess: more is allowed.
        var most = detector.EyesEstimated ? 2 * MostShift : MostShift;
        var unit = detector.EyeDistancePixels;
        return Vector2.Distance(mesh.LeftEye, detector.LeftEye) < most * unit
            && Vector2.Distance(mesh.RightEye, detector.RightEye) < most * unit
                && (detector.MouthEstimated || Vector2.Distance(mesh.MouthCenter, detector.MouthCenter) < most * unit)
                && mesh.EyeDistancePixels < MostEyeDistanceRatio * unit
                && unit < MostEyeDistanceRatio * mesh.EyeDistancePixels;
    }

    // The user's box says which face is meant; a detector, where there is one, says exactly where its eyes are.
    private DetectedFace FaceInBox(Image photo, RectangleF box)
    {
        var estimated = new DetectedFace(box, FaceProportions.FromBox(box), Score: null);
        try
        {
            return _detector.Value.Detect(photo)
                .FirstOrDefault(face => box.Contains(Center(face.Landmarks)) && Similar(face.Box, box)) is { } found
                ? found with { Box = box }
                : estimated;
        }
        catch (Exception error) when (error is ImageException or FileNotFoundException)
        {
            return estimated;
        }

        static PointF Center(FaceLandmarks landmarks) => new(landmarks.EyeCenter.X, landmarks.EyeCenter.Y);
        static bool Similar(RectangleF a, RectangleF b) => a.Width < 2 * b.Width && b.Width < 2 * a.Width;
    }

    // An aligned face keeps its proportions; its long side is the working size at most.
    private FaceImage WholeFace(Image photo, FaceLandmarks landmarks)
    {
        // Never enlarged: a map that goes up and down again is not the map that the network made.
        var scale = Math.Min(1, (float)_faceSize / Math.Max(photo.Width, photo.Height));
        var width = Math.Max(1, (int)MathF.Round(photo.Width * scale));
        var height = Math.Max(1, (int)MathF.Round(photo.Height * scale));
        var image = width == photo.Width && height == photo.Height ? photo : photo.Resize(width, height);
        var photoToFace = Matrix3x2.CreateScale((float)width / photo.Width, (float)height / photo.Height);
        Matrix3x2.Invert(photoToFace, out var faceToPhoto);
        return new FaceImage(image, landmarks.Transform(photoToFace), faceToPhoto) { Whole = photo };
    }
}
