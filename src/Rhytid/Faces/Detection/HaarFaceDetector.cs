using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Imaging.Detection;

namespace Rhytid.Faces.Detection;

/// <summary>
/// The frontal Haar cascade (Viola and Jones 2001; Lienhart and Maydt 2002) that OpenCV ships, with its eye cascades to
/// find the head's tilt. No landmark of the mouth: it is placed by the usual proportions.
/// </summary>
public sealed class HaarFaceDetector : IFaceDetector, IDisposable
{
    private const string CascadeName = "haarcascade_frontalface_alt2.xml";

    // Larger photos are shrunk to this long side first: a face that fills less than 30 of these pixels has no wrinkles
    // to see.
    private const int SearchSide = 1000;
    private const int SmallestFacePixels = 30;

    // Sees a few more faces, and more that are none: asked second.
    private const string SecondCascadeName = "haarcascade_frontalface_default.xml";

    // The cascades know upright heads up to about 20 degrees; when they see none, the photo is tilted for them.
    private static readonly float[] TiltsDegrees = [-25, 25];

    private static readonly string[] KnownFolders =
        ["/usr/share/opencv4/haarcascades", "/usr/share/opencv/haarcascades", "/usr/local/share/opencv4/haarcascades"];

    private readonly CascadeClassifier _cascade;
    private readonly CascadeClassifier? _second;
    private readonly EyeFinder _eyes;

    /// <summary>Reads the cascades.</summary>
    /// <param name="cascadeFile">A frontal-face cascade; OpenCV's own (Debian package opencv-data) unless
    /// given.</param>
    /// <exception cref="ImageException">The cascade is not installed or cannot be read.</exception>
    public HaarFaceDetector(string? cascadeFile = null)
    {
        cascadeFile ??= InstalledCascade()
            ?? throw new ImageException(
                "the face detector's cascade is not installed (Debian: apt-get install opencv-data)");
        _cascade = new CascadeClassifier(cascadeFile);
        var folder = Path.GetDirectoryName(Path.GetFullPath(cascadeFile))!;
        var second = Path.Combine(folder, SecondCascadeName);
        _second = File.Exists(second) ? new CascadeClassifier(second) : null;
        _eyes = new EyeFinder(folder);
    }

    /// <inheritdoc/>
    public string Name => "haar";

    /// <summary>Where OpenCV's frontal cascade lies on this machine, or null.</summary>
    public static string? InstalledCascade() =>
        KnownFolders.Select(folder => Path.Combine(folder, CascadeName)).FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(Image photo, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var gray = photo.ToGray();
        var scale = Math.Min(1f, (float)SearchSide / Math.Max(gray.Width, gray.Height));
        var small = scale < 1 ? gray.Resize(Scaled(gray.Width), Scaled(gray.Height)) : gray;
        // The sure way first. The others see faces in foliage and cloth too: there a pair of eyes tells which are real.
        var searches = new List<(CascadeClassifier? Cascade, float Tilt, int MinNeighbors, bool NeedsEyes)>
        {
            (_cascade, 0, 5, false), (_second, 0, 5, true), (_cascade, 0, 1, true)
        };
        searches.AddRange(TiltsDegrees.Select(tilt => ((CascadeClassifier?)_cascade, tilt, 5, true)));
        foreach (var (cascade, tilt, minNeighbors, needsEyes) in searches)
        {
            var faces =
                Search(cascade, gray, small, tilt, minNeighbors, needsEyes).OrderByDescending(face => face.Area)
                    .Take(most)
                    .ToList();
            if (faces.Count > 0)
                return faces;
        }
        return [];

        int Scaled(int side) => Math.Max(1, (int)MathF.Round(side * scale));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cascade.Dispose();
        _second?.Dispose();
        _eyes.Dispose();
    }

    // Faces are searched in the small picture, their eyes in the full one: every pixel of an eye's place counts.
    private IEnumerable<DetectedFace> Search(
        CascadeClassifier? cascade, Plane<byte> gray, Plane<byte> small, float tiltDegrees, int minNeighbors,
        bool needsEyes)
    {
        if (cascade is null)
            yield break;
        var smallToPhoto = Matrix3x2.CreateScale((float)gray.Width / small.Width, (float)gray.Height / small.Height);
        var upright = Matrix3x2.CreateRotation(
            float.DegreesToRadians(tiltDegrees), new Vector2(small.Width / 2f, small.Height / 2f));
        var searched = tiltDegrees == 0
            ? small
            : small.Warp(small.Width, small.Height, upright, border: BorderMode.Replicate);
        foreach (var hit in cascade.Detect(searched, scaleFactor: 1.1, minNeighbors, minSize: SmallestFacePixels))
        {
            var toPhoto = upright * smallToPhoto;
            var eyes = _eyes.Find(gray, hit.Box, toPhoto);
            if (eyes is null && needsEyes)
                continue;
            var landmarks = eyes is var (left, right)
                ? FaceProportions.FromEyes(left, right)
                : FaceProportions.FromBox(hit.Box).Transform(toPhoto);
            yield return new DetectedFace(BoxOnPhoto(hit.Box, toPhoto, smallToPhoto.M11), landmarks, (float)hit.Weight);
        }
    }

    // The upright box around the same middle.
    private static RectangleF BoxOnPhoto(RectangleF box, Matrix3x2 toPhoto, float scale)
    {
        var middle = Vector2.Transform(new Vector2(box.X + (box.Width / 2), box.Y + (box.Height / 2)), toPhoto);
        return new RectangleF(
            middle.X - (scale * box.Width / 2), middle.Y - (scale * box.Height / 2), scale * box.Width,
            scale * box.Height);
    }
}
