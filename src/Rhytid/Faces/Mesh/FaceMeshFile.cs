using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Rhytid.Faces.Mesh;

/// <summary>
/// Reads the 468 mesh points, or 478 with irises (these are left out), from a file: CSV with rows
/// <c>x,y[,z[,visibility]]</c> or
/// <c>number,x,y,z</c> (a header row is allowed), JSON with an array of <c>[x, y(, z)]</c> or of <c>{"x": .., "y":
/// ..}</c>, bare or under "points" or "landmarks", a result of MediaPipe (a list of such arrays, one for each face,
/// under "face_landmarks" or "multi_face_landmarks"), or the JSON of <c>rhytid landmarks</c>.
/// </summary>
/// <remarks>
/// Coordinates refer to the face image. They are shares of its width and height where all of them lie between
/// -0.5 and 1.5 (a mesh may reach a little over the edge), and pixels otherwise. Those of <c>rhytid landmarks</c>
/// always are pixels of the photo that the face image was cut from. Depth is ignored.
/// </remarks>
/// <param name="path">The file.</param>
public sealed class FaceMeshFile(string path) : IFaceMeshProvider
{
    /// <summary>Layout of the JSON that Rhytid itself writes.</summary>
    internal const string OwnSchema = "rhytid.landmarks/1";

    // x, y, z, and behind them a visibility or before them the point's number, as other programs write.
    private const int MostColumns = 4;

    // MediaPipe's newer networks add five points for each iris behind the mesh's own.
    private const int PointCountWithIrises = 478;

    // Plain lists, and MediaPipe's results: of its Face Landmarker in Python and in JavaScript, and of its older Face
    // Mesh.
    private static readonly string[] ListNames =
    [
        "points", "landmarks", "landmark", "face_landmarks", "faceLandmarks", "multi_face_landmarks",
        "multiFaceLandmarks"
    ];

    /// <summary>The mesh whose eyes are nearest to the face's.</summary>
    /// <inheritdoc/>
    /// <exception cref="FaceMeshException">The file is missing, is neither JSON nor CSV, or a face has neither 468 nor
    /// 478 rows.</exception>
    public FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default) =>
        FindAll(face).MinBy(
            mesh => Vector2.Distance(
                face.Landmarks.EyeCenter,
                (mesh.Center(FaceMeshRegions.LeftEye) + mesh.Center(FaceMeshRegions.RightEye)) / 2));

    /// <summary>All meshes of the file, in pixels of the face image.</summary>
    /// <exception cref="FaceMeshException">The file is missing, is neither JSON nor CSV, or a face has neither 468 nor
    /// 478 rows.</exception>
    public IReadOnlyList<FaceMesh> FindAll(FaceImage face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var (faces, areOnPhoto, _) = Read(path);
        if (faces.Find(points => points.Count is not (FaceMesh.PointCount or PointCountWithIrises)) is { } other)
            throw new FaceMeshException($"{path}: expected {FaceMesh.PointCount} landmark rows, found {other.Count}");
        faces = faces.ConvertAll(points => points.GetRange(0, FaceMesh.PointCount));
        Matrix3x2.Invert(face.FaceToPhoto, out var photoToFace);
        return faces.ConvertAll(points => areOnPhoto
            ? new FaceMesh([.. points]).Transform(photoToFace)
            : new FaceMesh([.. points]).Transform(
                AreShares(points) ? Matrix3x2.CreateScale(face.Width, face.Height) : Matrix3x2.Identity));
    }

    private static bool AreShares(List<Vector2> points) =>
        points.TrueForAll(point => point.X is > -0.5f and < 1.5f && point.Y is > -0.5f and < 1.5f);

    /// <summary>
    /// Width and height of the photo that a report of <c>rhytid landmarks</c> is about; null for plain lists.
    /// </summary>
    public (int Width, int Height)? PhotoSize => Read(path).Size;

    private static (List<List<Vector2>> Faces, bool AreOnPhoto, (int Width, int Height)? Size) Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaceMeshException($"{path}: cannot be read ({e.Message})", e);
        }
        return text.AsSpan().TrimStart() is ['[' or '{', ..]
            ? ReadJson(path, text)
            : ([ReadCsv(path, text)], false, null);
    }

    private static (List<List<Vector2>> Faces, bool AreOnPhoto, (int Width, int Height)? Size) ReadJson(
        string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var list = document.RootElement;
            if (IsReport(list))
                return ([
                    .. list.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("points")).Where(
                        points => points.ValueKind != JsonValueKind.Null).Select(PointsOf)
                ], true, SizeOf(list));
            return (FacesOf(path, list), false, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or IndexOutOfRangeException or FormatException)
        {
            throw new FaceMeshException($"{path}: not a JSON list of landmarks ({e.Message})", e);
        }
    }

    // One face as a list of points, or several faces as a list of such lists or of objects with one.
    private static List<List<Vector2>> FacesOf(string path, JsonElement list)
    {
        list = Unwrapped(list);
        if (list.ValueKind != JsonValueKind.Array)
            throw new FaceMeshException(
                $"{path}: no array of landmarks (bare, or under \"points\", \"landmarks\", \"face_landmarks\" or \"multi_face_landmarks\")");
        var first = list.GetArrayLength() == 0 ? default : Unwrapped(list[0]);
        var isNested = first.ValueKind == JsonValueKind.Array
            && first.GetArrayLength() > 0
            && first[0].ValueKind is JsonValueKind.Array or JsonValueKind.Object;
        return isNested ? [.. list.EnumerateArray().Select(face => PointsOf(Unwrapped(face)))] : [PointsOf(list)];
    }

    private static JsonElement Unwrapped(JsonElement element) => element.ValueKind != JsonValueKind.Object ? element
        : ListNames.Select(name => element.TryGetProperty(name, out var found) ? found : default)
            .FirstOrDefault(found => found.ValueKind == JsonValueKind.Array) is { ValueKind: JsonValueKind.Array } list
                ? list
                : element;

    private static (int, int)? SizeOf(JsonElement report) =>
        report.TryGetProperty("photo", out var photo)
            ? (photo.GetProperty("width").GetInt32(), photo.GetProperty("height").GetInt32())
            : null;

    private static bool IsReport(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("schema", out var schema)
        && schema.ValueKind == JsonValueKind.String
        && schema.GetString() == OwnSchema;

    private static List<Vector2> PointsOf(JsonElement list) => [.. list.EnumerateArray().Select(PointOf)];

    private static Vector2 PointOf(JsonElement row) => row.ValueKind == JsonValueKind.Object
        ? Finite(row.GetProperty("x").GetSingle(), row.GetProperty("y").GetSingle())
        : Finite(row[0].GetSingle(), row[1].GetSingle());

    private static Vector2 Finite(float x, float y) =>
        float.IsFinite(x) && float.IsFinite(y)
            ? new Vector2(x, y)
            : throw new FormatException("a coordinate is not a finite number");

    private static List<Vector2> ReadCsv(string path, string text)
    {
        var rows = new List<float[]>(FaceMesh.PointCount);
        var lines = text.Split('\n');
        var isFirst = true;
        var firstColumn = 0;
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0)
                continue;
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            var values = Array.ConvertAll(cells, cell => TryNumber(cell, out var value) ? value : float.NaN);
            if (cells.Length is >= 2 and <= MostColumns && !values.Any(float.IsNaN))
                rows.Add(values);
            else if (isFirst && cells.Length is >= 2 and <= MostColumns && !float.IsFinite(values[0]))
                firstColumn = Math.Max(
                    0, Array.FindIndex(cells, cell => cell.Equals("x", StringComparison.OrdinalIgnoreCase)));
            else
                throw new FaceMeshException($"{path}, line {number}: expected x,y or x,y,z, got '{line}'");
            isFirst = false;
        }
        if (rows.Count > 1
            && rows.TrueForAll(row => row.Length == MostColumns)
            && rows.Index().All(row => row.Item[0] == row.Index))
            firstColumn = 1;
        return rows.Exists(row => row.Length < firstColumn + 2)
            ? throw new FaceMeshException($"{path}: a row has no y")
            : rows.ConvertAll(row => new Vector2(row[firstColumn], row[firstColumn + 1]));
    }

    private static bool TryNumber(string cell, out float value) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
