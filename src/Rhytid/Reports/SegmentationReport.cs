using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Measurement;
using Rhytid.Segmentation;

namespace Rhytid.Reports;

/// <summary>The JSON that stands beside every segmented photo; docs/reference/json.md describes each field.</summary>
public sealed record SegmentationReport
{
    /// <summary>Version of this layout; a field may be added within a version, none is changed or taken away.</summary>
    public const string SchemaVersion = "rhytid.segmentation/1";

    /// <summary>Which layout this is.</summary>
    public string Schema { get; init; } = SchemaVersion;

    /// <summary>The picture.</summary>
    public required PhotoReport Photo { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>The weights of a network; null for other methods.</summary>
    public required WeightsFile? Weights { get; init; }

    /// <summary>The threshold that decided, the given one or the method's own; null where no face was found.</summary>
    public required double? Threshold { get; init; }

    /// <summary>Name of the face detector, <c>whole</c> or <c>given</c>.</summary>
    public required string Detector { get; init; }

    /// <summary>One plain sentence per problem with the photo.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The largest face, or null where none was found.</summary>
    public required FaceReport? Face { get; init; }

    /// <summary>Further faces, the largest first; empty unless all were asked for.</summary>
    public required IReadOnlyList<FaceReport> OtherFaces { get; init; }

    /// <summary>The report of a result.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="fileName">Name of the photo, without its folder.</param>
    public static SegmentationReport From(SegmentationResult result, string fileName)
    {
        ArgumentNullException.ThrowIfNull(result);
        var faces = result.Faces.Select(FaceReport.From).ToList();
        return new SegmentationReport
        {
            Photo = new PhotoReport(fileName, result.Photo.Width, result.Photo.Height),
            Method = result.Method,
            Weights = result.Weights,
            Threshold = result.Face is { } face ? Math.Round(face.Threshold, 4) : null,
            Detector = result.Detector,
            Warnings = result.Warnings,
            Face = faces.FirstOrDefault(),
            OtherFaces = [.. faces.Skip(1)],
        };
    }

    /// <summary>As JSON text.</summary>
    /// <param name="indented">Over many lines, or one.</param>
    public string ToJson(bool indented = true)
    {
        // Names of photos keep their letters: é, not \u00E9.
        var options = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, options))
            ReportJson.Default.SegmentationReport.SerializeHandler!(writer, this);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

/// <summary>The picture that was read.</summary>
/// <param name="File">Its name, without a folder.</param>
/// <param name="Width">Columns, upright.</param>
/// <param name="Height">Rows, upright.</param>
public sealed record PhotoReport(string File, int Width, int Height);

/// <summary>One face.</summary>
public sealed record FaceReport
{
    /// <summary>Left, top, width and height in pixels of the photo.</summary>
    public required IReadOnlyList<double> Box { get; init; }

    /// <summary>The detector's certainty, or null.</summary>
    public required double? Score { get; init; }

    /// <summary>
    /// By how many degrees the photo had to be turned clockwise for the face to be found; 0 for a face found on the
    /// photo as it is.
    /// </summary>
    public required int TurnedDegrees { get; init; }

    /// <summary>Eyes and mouth in pixels of the photo.</summary>
    public required LandmarksReport Landmarks { get; init; }

    /// <summary>How the head is turned, by the face mesh; null without one.</summary>
    public required PoseReport? Pose { get; init; }

    /// <summary>
    /// Corners of the aligned square in pixels of the photo: top-left, bottom-left, bottom-right, top-right.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double>> AlignedSquare { get; init; }

    /// <summary>How well the photo shows the face.</summary>
    public required QualityReport Quality { get; init; }

    /// <summary>The wrinkles.</summary>
    public required WrinklesReport Wrinkles { get; init; }

    /// <summary>Lines that the method followed; empty for methods that do not track.</summary>
    public required IReadOnlyList<TrackReport> Tracks { get; init; }

    internal static FaceReport From(FaceResult face)
    {
        var box = face.Detection.Box;
        var (w, h, m) = (face.Face.Width, face.Face.Height, face.Face.FaceToPhoto);
        Vector2[] corners = [new(0, 0), new(0, h), new(w, h), new(w, 0)];
        return new FaceReport
        {
            Box = [Rounded.Pixels(box.X), Rounded.Pixels(box.Y), Rounded.Pixels(box.Width), Rounded.Pixels(box.Height)],
            Score = face.Detection.Score is { } score ? Math.Round(score, 4) : null,
            TurnedDegrees = face.Detection.TurnedDegrees,
            Landmarks = LandmarksReport.From(face.Detection),
            Pose = PoseReport.From(face.Detection.Pose),
            AlignedSquare = [.. corners.Select(corner => Rounded.Point(Vector2.Transform(corner, m)))],
            Quality = new QualityReport
            {
                FaceWidthPixels = Rounded.Pixels(face.Quality.FaceWidthPixels),
                Blur = Math.Round(face.Quality.Blur, 3),
                MeanGray = Math.Round(face.Quality.MeanGray, 1),
                ClippedShare = Math.Round(face.Quality.ClippedShare, 4),
                TiltDegrees = face.Quality.TiltDegrees is { } tilt ? Math.Round(tilt, 1) : null,
                Warnings = face.Quality.Warnings,
            },
            Wrinkles = WrinklesReport.From(face),
            Tracks = [.. face.Tracks.Select(TrackReport.From)],
        };
    }
}

/// <summary>Eyes and mouth, each as x, y in pixels of the photo.</summary>
public sealed record LandmarksReport(
    IReadOnlyList<double> LeftEye,
        IReadOnlyList<double> RightEye, IReadOnlyList<double> LeftMouth, IReadOnlyList<double> RightMouth,
        bool EyesEstimated, bool MouthEstimated)
{
    /// <summary>Where they are known from: <c>mesh</c>, <c>detector</c> or <c>proportions</c>.</summary>
    public required string Source { get; init; }

    internal static LandmarksReport From(DetectedFace face) => new(
        Rounded.Point(face.Landmarks.LeftEye),
            Rounded.Point(face.Landmarks.RightEye), Rounded.Point(face.Landmarks.LeftMouth),
            Rounded.Point(face.Landmarks.RightMouth),
            face.Landmarks.EyesEstimated, face.Landmarks.MouthEstimated)
            {
                Source = face.LandmarkSource.ToString().ToLowerInvariant()
            };
}

/// <summary>How a head is turned; see <see cref="HeadPose"/>.</summary>
/// <param name="YawDegrees">Above 0 towards the picture's right.</param>
/// <param name="PitchDegrees">Above 0 upwards.</param>
/// <param name="RollDegrees">How far the line through the eyes falls to the right.</param>
/// <param name="HiddenSide"><c>left</c> or <c>right</c> of the picture where that side of the face cannot be seen; null
/// for most.</param>
public sealed record PoseReport(double YawDegrees, double PitchDegrees, double RollDegrees, string? HiddenSide)
{
    internal static PoseReport? From(HeadPose? pose) => pose is null ? null : new PoseReport(
        Rounded.Pixels(pose.YawDegrees),
            Rounded.Pixels(pose.PitchDegrees), Rounded.Pixels(pose.RollDegrees),
            pose.HiddenSide?.ToString().ToLowerInvariant());
}

/// <summary>How well the photo shows a face; see <see cref="Rhytid.Faces.Quality.FaceQuality"/>.</summary>
public sealed record QualityReport
{
    /// <summary>Width of the face in pixels of the photo.</summary>
    public required double FaceWidthPixels { get; init; }

    /// <summary>Blur around the eyes, 0 (sharp) to 1.</summary>
    public required double Blur { get; init; }

    /// <summary>Mean grey level of the skin.</summary>
    public required double MeanGray { get; init; }

    /// <summary>Share of nearly black or white skin, 0 to 1.</summary>
    public required double ClippedShare { get; init; }

    /// <summary>Tilt of the head, or null where the eyes were not found.</summary>
    public required double? TiltDegrees { get; init; }

    /// <summary>Plain sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>Wrinkles in numbers; see <see cref="WrinkleMeasurements"/>.</summary>
public sealed record WrinklesReport
{
    /// <summary>Searched skin in pixels.</summary>
    public required long SkinAreaPixels { get; init; }

    /// <summary>Wrinkle pixels.</summary>
    public required long WrinkleAreaPixels { get; init; }

    /// <summary>Wrinkle pixels per hundred skin pixels.</summary>
    public required double ShareOfSkinPercent { get; init; }

    /// <summary>Number of wrinkles.</summary>
    public required int Count { get; init; }

    /// <summary>Sum of lengths.</summary>
    public required double TotalLengthPixels { get; init; }

    /// <summary>Length of the longest.</summary>
    public required double LongestLengthPixels { get; init; }

    /// <summary>Mean width, or null.</summary>
    public required double? MeanWidthPixels { get; init; }

    /// <summary>True where the method draws all lines with one width, so that the mean width is the pen's.</summary>
    public required bool WidthIsDrawn { get; init; }

    /// <summary>Mean contrast in grey levels, or null.</summary>
    public required double? MeanContrastGrayLevels { get; init; }

    /// <summary>Sum of lengths in widths of the face.</summary>
    public required double TotalLengthFaceWidths { get; init; }

    /// <summary>Length of the longest in widths of the face.</summary>
    public required double LongestLengthFaceWidths { get; init; }

    /// <summary>Mean width in widths of the face, or null.</summary>
    public required double? MeanWidthFaceWidths { get; init; }

    /// <summary>Pixels of fine wrinkles, for methods that tell them apart, or null.</summary>
    public required long? FineAreaPixels { get; init; }

    /// <summary>Pixels of coarse wrinkles, for methods that tell them apart, or null.</summary>
    public required long? CoarseAreaPixels { get; init; }

    internal static WrinklesReport From(FaceResult face) => From(face, face.Measurements);

    private static WrinklesReport From(FaceResult face, WrinkleMeasurements m) => new()
    {
        FineAreaPixels = face.WrinkleLevels?.Samples.Count((byte)1),
        CoarseAreaPixels = face.WrinkleLevels?.Samples.Count((byte)2),
        SkinAreaPixels = m.SkinAreaPixels,
        WrinkleAreaPixels = m.WrinkleAreaPixels,
        ShareOfSkinPercent = Math.Round(m.WrinkleShareOfSkinPercent, 3),
        Count = m.Count,
        TotalLengthPixels = Rounded.Pixels(m.TotalLengthPixels),
        LongestLengthPixels = Rounded.Pixels(m.LongestLengthPixels),
        MeanWidthPixels = Rounded.Optional(m.MeanWidthPixels, 2),
        WidthIsDrawn = face.IsDrawn,
        MeanContrastGrayLevels = Rounded.Optional(m.MeanContrastGrayLevels, 2),
        TotalLengthFaceWidths = Math.Round(m.TotalLengthFaceWidths, 4),
        LongestLengthFaceWidths = Math.Round(m.LongestLengthFaceWidths, 4),
        MeanWidthFaceWidths = Rounded.Optional(m.MeanWidthFaceWidths, 5),
    };
}

/// <summary>A line along a wrinkle.</summary>
/// <param name="LengthPixels">Along its points.</param>
/// <param name="DepthGrayLevels">Mean contrast along it, or null.</param>
/// <param name="Points">x, y from end to end, in pixels of the photo.</param>
public sealed record TrackReport(
    double LengthPixels, double? DepthGrayLevels, IReadOnlyList<IReadOnlyList<double>> Points)
{
    internal static TrackReport From(WrinkleTrack track) =>
        new(Rounded.Pixels(track.LengthPixels), Rounded.Optional(track.DepthGrayLevels, 2), [
            .. track.Points.Select(Rounded.Point)
        ]);
}

internal static class Rounded
{
    public static double Pixels(double value) => Math.Round(value, 1);

    public static IReadOnlyList<double> Point(Vector2 point) => [Pixels(point.X), Pixels(point.Y)];

    public static double? Optional(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}

// Reports are only written, and code for that alone is ready at once.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(SegmentationReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
