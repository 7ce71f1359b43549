using System.Globalization;
using System.Numerics;
using Rhytid;
using Rhytid.Faces;
using Rhytid.Imaging;

namespace FaceCheck;

/// <summary>Faces found in real photos, in the same photos turned, and in pictures without a face.</summary>
internal static class DetectionCheck
{
    private static readonly (string Folder, int Missed)[] Sets =
    [
        ("wrinkle-boxes/images", 2), ("photos", 0), ("ffhq-mini/full_faces", 0), ("generated-faces", 0)
    ];

    // Of each set so many photos are turned, spread over it.
    private static readonly int[] TurnedPhotos = [11, 3, 3, 3];

    private const float MostShift = 0.08f;

    /// <summary>A face in every photo, but for the misses that a set may have.</summary>
    public static bool Photos(FaceFinder finder, string data)
    {
        var isGood = true;
        foreach (var (folder, allowed) in Sets)
        {
            var photos = Pictures(data, folder);
            var (missed, turned) = (new List<string>(), new List<string>());
            foreach (var path in photos)
            {
                var faces = finder.Find(Image.Load(path), SegmentOptions.Default).Faces;
                if (faces.Count == 0)
                    missed.Add(Path.GetFileName(path));
                else if (faces[0].TurnedDegrees != 0)
                    turned.Add($"{Path.GetFileName(path)} by {faces[0].TurnedDegrees}");
            }
            isGood &= missed.Count <= allowed;
            Console.WriteLine(
                $"{folder}: a face in {photos.Count - missed.Count} of {photos.Count}{List("missed", missed)}{List("turned", turned)}");
        }
        return isGood;
    }

    /// <summary>The same eyes and mouth in a photo turned by every multiple of 30 degrees.</summary>
    public static bool Turned(FaceFinder finder, string data)
    {
        var (tried, good, worst, wrongTurn) = (0, 0, 0f, 0);
        var shifts = new List<float>();
        foreach (var ((folder, _), count) in Sets.Zip(TurnedPhotos))
        {
            var photos = Pictures(data, folder);
            for (var i = 0; i < count; i++)
            {
                var path = photos[i * photos.Count / count];
                var photo = Image.Load(path);
                var upright = finder.Find(photo, SegmentOptions.Default).Faces;
                for (var degrees = 30; degrees < 360; degrees += 30)
                {
                    tried++;
                    var (turned, back) = Turn(photo, degrees);
                    var faces = finder.Find(turned, SegmentOptions.Default).Faces;
                    var shift = upright.Count == 0 || faces.Count == 0
                        ? float.PositiveInfinity
                        : Shift(faces[0].Landmarks.Transform(back), upright[0].Landmarks);
                    shifts.Add(shift);
                    worst = Math.Max(worst, shift);
                    good += shift <= MostShift ? 1 : 0;
                    wrongTurn += faces.Count > 0
                        && faces[0].TurnedDegrees is not 0 and var t
                        && Math.Abs(MathF.IEEERemainder(t + degrees, 360)) > 30 ? 1 : 0;
                    if (shift > MostShift)
                        Console.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"  {folder}/{Path.GetFileName(path)} turned by {degrees}: shift {shift:0.000} of the eye distance"));
                }
            }
        }
        shifts.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"turned photos: eyes and mouth within {100 * MostShift:0} % of the eye distance in {good} of {tried}; median {100 * shifts[tried / 2]:0.0} %, worst {100 * worst:0.0} %; turn named wrongly: {wrongTurn}"));
        return good == tried && wrongTurn == 0;
    }

    /// <summary>No face in pictures that show none.</summary>
    public static bool NoFaces(FaceFinder finder, string list, string packages)
    {
        var (scored, absent) = (0, 0);
        var found = new List<string>();
        foreach (var (name, picture) in NoFaceList.Read(list, packages))
        {
            if (picture is null)
            {
                absent++;
                continue;
            }
            scored++;
            var faces = finder.Find(picture, SegmentOptions.Default).Faces;
            if (faces.Count > 0)
                found.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} (score {faces[0].Score:0.00}, box {faces[0].Box}, turned {faces[0].TurnedDegrees})"));
        }
        Console.WriteLine(
            $"pictures without a face: none found in {scored - found.Count} of {scored} ({absent} not on this machine){List("found", found)}");
        return found.Count == 0;
    }

    public static List<string> Pictures(string data, string folder) =>
        [.. Directory.GetFiles(Path.Combine(data, folder))
            .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png")
            .Order(StringComparer.Ordinal)];

    /// <summary>The largest shift of a point in eye distances.</summary>
    public static float Shift(FaceLandmarks found, FaceLandmarks expected)
    {
        (Vector2, Vector2)[] pairs =
        [
            (found.LeftEye, expected.LeftEye), (found.RightEye, expected.RightEye),
            (found.LeftMouth, expected.LeftMouth), (found.RightMouth, expected.RightMouth)
        ];
        return pairs.Max(pair => Vector2.Distance(pair.Item1, pair.Item2)) / expected.EyeDistancePixels;
    }

    // Clockwise, nothing cut off; black beyond the photo's edge.
    private static (Image Turned, Matrix3x2 Back) Turn(Image photo, float degrees)
    {
        var (sin, cos) = MathF.SinCos(float.DegreesToRadians(degrees));
        var width = (int)MathF.Ceiling((photo.Width * Math.Abs(cos)) + (photo.Height * Math.Abs(sin)) - 0.01f);
        var height = (int)MathF.Ceiling((photo.Width * Math.Abs(sin)) + (photo.Height * Math.Abs(cos)) - 0.01f);
        var back = Matrix3x2.CreateTranslation(-width / 2f, -height / 2f)
            * Matrix3x2.CreateRotation(-float.DegreesToRadians(degrees))
            * Matrix3x2.CreateTranslation(photo.Width / 2f, photo.Height / 2f);
        return (photo.Warp(width, height, back), back);
    }

    private static string List(string what, List<string> names) =>
        names.Count == 0 ? "" : $"; {what}: {string.Join(", ", names)}";
}
