using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Imaging.Detection;
using Rhytid.Inference.Serialization;
using Rhytid.Shipped;

namespace Rhytid.Faces.Detection;

/// <summary>
/// A face detector network, run by OpenCV: the one that ships, or an ONNX file of the user's. Two families are known by
/// the names of their outputs: YuNet (with five landmarks) and UltraFace (boxes; eyes are then found by cascade).
/// </summary>
public sealed class OnnxFaceDetector : IFaceDetector, IDisposable
{
    /// <summary>Faces below this score are left out.</summary>
    public const float MinScore = 0.6f;

    private const float MaxOverlap = 0.3f;

    // A network sees the whole photo in a few hundred pixels: a face is looked at again in a crop of this many boxes.
    private const float SecondLook = 2.2f;

    private readonly OnnxNetwork _network;
    private readonly IDetectorFamily _family;
    private readonly FaceSearch? _search;
    private readonly EyeFinder? _eyes;

    /// <summary>Reads a detector.</summary>
    /// <exception cref="ImageException">OpenCV cannot run the model, or it is of no known family.</exception>
    public OnnxFaceDetector(string path)
        : this(Content(path), path, $"onnx:{Path.GetFileName(path)}")
    {
    }

    private OnnxFaceDetector(byte[] content, string path, string name)
    {
        try
        {
            _network = new OnnxNetwork(content);
        }
        catch (ImageException error)
        {
            throw new ImageException(
                $"{path}: a detector must be an ONNX model of fixed input size, such as yunet_n_320.onnx; {error.Message}",
                error);
        }
        _family = FamilyOf(_network.OutputNames) ?? throw new ImageException(
            $"{path}: not a known face detector (outputs {string.Join(", ", _network.OutputNames)}); YuNet and UltraFace files can be read");
        _search = _family.FindsLandmarks
            ? new FaceSearch((picture, minScore) => _family.Detect(_network, picture, minScore))
            : null;
        _eyes = !_family.FindsLandmarks && HaarFaceDetector.InstalledCascade() is { } cascade
            ? new EyeFinder(Path.GetDirectoryName(cascade)!)
            : null;
        Name = name;
    }

    /// <summary>The detector that ships with Rhytid: YuNet, called <c>yunet</c>.</summary>
    /// <exception cref="Inference.Serialization.CheckpointException">The file is missing or changed.</exception>
    /// <exception cref="ImageException">OpenCV cannot run it.</exception>
    public static OnnxFaceDetector LoadShipped() =>
        new(ShippedModels.Default.Read(ShippedModels.FaceDetector), ShippedModels.FaceDetector, "yunet");

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(Image photo, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(photo);
        if (_search is not null)
            return _search.Find(photo, most);
        var candidates = _family.Detect(_network, photo, MinScore);
        Plane<byte>? gray = null;
        return [.. WithoutOverlaps(candidates).Select(face => LookAgain(photo, face))
            .Select(WithEyes)
            .OrderByDescending(face => face.Area)
            .Take(most)];

        DetectedFace WithEyes(DetectedFace face)
        {
            if (!face.Landmarks.EyesEstimated || _eyes is null)
                return face;
            gray ??= photo.ToGray();
            return _eyes.Find(gray, FaceProportions.HaarBoxOf(face.Box), Matrix3x2.Identity) is var (left, right)
                ? face with { Landmarks = FaceProportions.FromEyes(left, right) }
                : face;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _eyes?.Dispose();
    }

    private static byte[] Content(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new FileNotFoundException($"{path}: there is no such detector file", path);
    }

    private static IDetectorFamily? FamilyOf(IReadOnlyList<string> outputs)
    {
        if (YuNet.Outputs.All(outputs.Contains))
            return new YuNet();
        if (UltraFace.Outputs.All(outputs.Contains))
            return new UltraFace();
        return null;
    }

    // The same face in a crop around it, with far more pixels for its landmarks; the first answer where that finds
    // nothing.
    private DetectedFace LookAgain(Image photo, DetectedFace face)
    {
        var side = SecondLook * Math.Max(face.Box.Width, face.Box.Height);
        var around = new RectangleF(
            face.Box.X + ((face.Box.Width - side) / 2), face.Box.Y + ((face.Box.Height - side) / 2), side, side);
        var part = Rectangle.Intersect(Rectangle.Round(around), new Rectangle(0, 0, photo.Width, photo.Height));
        if (part.Width < 8 || part.Height < 8 || part.Width * part.Height > 0.7 * photo.Width * photo.Height)
            return face;
        var back = Matrix3x2.CreateTranslation(part.X, part.Y);
        return _family.Detect(_network, photo.Crop(part), MinScore)
            .Select(
                near => near with
                {
                    Box = near.Box with { X = near.Box.X + part.X, Y = near.Box.Y + part.Y },
                    Landmarks = near.Landmarks.Transform(back)
                })
            .Where(near => Overlap(near.Box, face.Box) > 0.4f)
            .MaxBy(near => near.Score) ?? face;
    }

    // Greedy non-maximum suppression: of boxes that overlap, the best score stays.
    private static List<DetectedFace> WithoutOverlaps(IEnumerable<DetectedFace> candidates)
    {
        var kept = new List<DetectedFace>();
        foreach (var face in candidates.OrderByDescending(face => face.Score))
            if (kept.TrueForAll(other => Overlap(face.Box, other.Box) <= MaxOverlap))
                kept.Add(face);
        return kept;
    }

    private static float Overlap(RectangleF a, RectangleF b)
    {
        var common = RectangleF.Intersect(a, b);
        var shared = common.Width * common.Height;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }
}
