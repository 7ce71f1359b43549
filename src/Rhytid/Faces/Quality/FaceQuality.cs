using System.Drawing;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;

namespace Rhytid.Faces.Quality;

/// <summary>How well a photo shows a face, and plain warnings where that limits what can be found.</summary>
public sealed record FaceQuality
{
    // Tuned on the photos that the defaults were looked at with; they decide about warnings only.
    private const float SmallFacePixels = 250;
    private const float TooBlurred = 0.66f;
    private const float DarkGray = 60;
    private const float BrightGray = 215;
    private const float MuchClipped = 0.10f;
    private const float StrongTiltDegrees = 20;

    // Blur is judged at one size of face, so that it means the same on every photo, and around the eyes: lids, lashes
    // and pupils have edges on every face, while smooth skin looks like blur.
    private const int BlurSide = 512;
    private static readonly RectangleF EyeBand = RectangleF.FromLTRB(0.27f, 0.38f, 0.73f, 0.58f);

    /// <summary>Width of the face in pixels of the photo.</summary>
    public required float FaceWidthPixels { get; init; }

    /// <summary>
    /// Blur around the eyes at a face of 512 pixels (Crete et al. 2007), 0 to 1: sharp portraits lie below 0.63,
    /// portraits blurred by a Gaussian of 2 pixels above.
    /// </summary>
    public required float Blur { get; init; }

    /// <summary>Mean grey level of the skin, 0 to 255.</summary>
    public required float MeanGray { get; init; }

    /// <summary>Share of skin pixels that are nearly black or nearly white, 0 to 1.</summary>
    public required float ClippedShare { get; init; }

    /// <summary>
    /// How far the line through the eyes falls to the right, in degrees; null where the eyes were not found.
    /// </summary>
    public required float? TiltDegrees { get; init; }

    /// <summary>
    /// By how many degrees the photo had to be turned clockwise for the face to be found; 0 for most.
    /// </summary>
    public int TurnedDegrees { get; init; }

    /// <summary>How the head is turned; null where no face mesh was found.</summary>
    public HeadPose? Pose { get; init; }

    /// <summary>Why no skin was found, as a plain sentence; null where there is skin.</summary>
    public string? SkinProblem { get; init; }

    /// <summary>One plain sentence per problem.</summary>
    public IReadOnlyList<string> Warnings => [.. Problems()];

    /// <summary>Judges one face.</summary>
    /// <param name="face">The aligned face.</param>
    /// <param name="skin">Its skin, of the same size.</param>
    /// <param name="landmarks">Eyes and mouth in the photo.</param>
    /// <param name="faceWidthPixels">Width of the face in the photo.</param>
    public static FaceQuality Measure(FaceImage face, Mask skin, FaceLandmarks landmarks, float faceWidthPixels)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(skin);
        ArgumentNullException.ThrowIfNull(landmarks);
        var (sum, clipped, count) = (0L, 0, 0);
        for (var i = 0; i < skin.Samples.Length; i++)
        {
            if (skin.Samples[i] == 0)
                continue;
            var level = face.Gray.Samples[i];
            sum += level;
            clipped += level is < 8 or > 247 ? 1 : 0;
            count++;
        }
        return new FaceQuality
        {
            FaceWidthPixels = faceWidthPixels,
            Blur = BlurOf(face.Gray),
            MeanGray = count == 0 ? 0 : (float)sum / count,
            ClippedShare = count == 0 ? 0 : (float)clipped / count,
            TiltDegrees = landmarks.EyesEstimated ? null : landmarks.TiltDegrees,
        };
    }

    private static float BlurOf(Plane<byte> gray)
    {
        var scale = (float)BlurSide / Math.Max(gray.Width, gray.Height);
        var (width, height) = (Math.Max(8, (int)(gray.Width * scale)), Math.Max(8, (int)(gray.Height * scale)));
        var small = gray.Resize(width, height).ToFloat();
        var (left, top) = ((int)(EyeBand.X * width), (int)(EyeBand.Y * height));
        var band = new Plane<float>(
            Math.Max(4, (int)(EyeBand.Width * width)), Math.Max(4, (int)(EyeBand.Height * height)));
        for (var y = 0; y < band.Height; y++)
            small.Row(Math.Min(top + y, height - 1))
                .Slice(Math.Min(left, width - band.Width), band.Width)
                .CopyTo(band.Row(y));
        return BlurMetric.Compute(band);
    }

    private IEnumerable<string> Problems()
    {
        if (FaceWidthPixels < SmallFacePixels)
            yield return $"the face is only {FaceWidthPixels:0} pixels wide: fine wrinkles cannot be seen (take it closer, 600 or more is good)";
        if (Blur > TooBlurred)
            yield return "the face is blurred: fine wrinkles cannot be seen";
        if (SkinProblem is not null)
            yield return SkinProblem;
        else if (MeanGray < DarkGray)
            yield return "the face is dark: wrinkles in the shade may be missed";
        if (MeanGray > BrightGray)
            yield return "the face is very bright: wrinkles may be bleached out";
        if (ClippedShare > MuchClipped)
            yield return $"{100 * ClippedShare:0} % of the skin is fully black or white: nothing can be measured there";
        if (Pose is { HiddenSide: { } side } pose)
            yield return $"the head is turned by {Math.Abs(pose.YawDegrees):0} degrees: the side on the picture's {(side == FaceSide.Left ? "left" : "right")} cannot be seen";
        if (TurnedDegrees != 0)
            yield return $"the face was found with the photo turned clockwise by {TurnedDegrees} degrees";
        else if (TiltDegrees is { } tilt && Math.Abs(tilt) > StrongTiltDegrees)
            yield return $"the head is tilted by {Math.Abs(tilt):0} degrees: results are less reliable";
    }
}
