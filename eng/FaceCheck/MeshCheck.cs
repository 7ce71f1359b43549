using System.Globalization;
using System.Numerics;
using Rhytid;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;

namespace FaceCheck;

/// <summary>The mesh beside that of the mirrored photo, beside the detector's points, and the poses of heads.</summary>
internal static class MeshCheck
{
    private const float MostShift = 0.02f;

    private static readonly (string Folder, int Every)[] Sets =
    [
        ("photos", 1), ("ffhq-mini/full_faces", 3), ("generated-faces", 2), ("wrinkle-boxes/images", 7)
    ];

    /// <summary>
    /// Eyes, mouth, and the outlines of eyes, brows, lips and nostrils of the mirrored photo, mirrored back.
    /// </summary>
    public static bool Mirrored(FaceFinder finder, string data)
    {
        var shifts = new List<(float Shift, string Name)>();
        var poses = new List<(float Yaw, float Pitch, float TurnedShare, string Name)>();
        var (faces, meshes) = (0, 0);
        foreach (var (folder, every) in Sets)
        {
            foreach (var path in DetectionCheck.Pictures(data, folder).Where((_, i) => i % every == 0))
            {
                var photo = Image.Load(path);
                var mirror = new Matrix3x2(-1, 0, 0, 1, photo.Width, 0);
                var face = finder.Find(photo, SegmentOptions.Default).Faces is [var first, ..] ? first : null;
                var other =
                    finder.Find(
                        photo.Warp(photo.Width, photo.Height, mirror, Interpolation.Nearest),
                        SegmentOptions.Default).Faces is [var second, ..] ? second : null;
                faces++;
                if (face?.Mesh is not { } mesh)
                {
                    Console.WriteLine($"  {folder}/{Path.GetFileName(path)}: {(face is null ? "no face" : "no mesh")}");
                    continue;
                }
                meshes++;
                var shift = other?.Mesh is { } twin ? Shift(mesh, twin.Transform(mirror)) : float.PositiveInfinity;
                shifts.Add((shift, $"{folder}/{Path.GetFileName(path)}"));
                poses.Add((face.Pose!.YawDegrees, face.Pose.PitchDegrees, NarrowSide(mesh), Path.GetFileName(path)));
                if (other?.Pose is { } pose && Math.Abs(pose.YawDegrees + face.Pose.YawDegrees) > 4)
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"  {Path.GetFileName(path)}: yaw {face.Pose.YawDegrees:0} and, mirrored, {pose.YawDegrees:0}"));
            }
        }
        shifts.Sort();
        foreach (var (shift, name) in shifts.Where(pair => pair.Shift > MostShift))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {100 * shift:0.0} %"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"meshes of {meshes} of {faces} faces; mirrored, their outlines are off by {100 * shifts[shifts.Count / 2].Shift:0.00} % of the eye distance (median), {100 * shifts[^1].Shift:0.0} % (worst), within {100 * MostShift:0} % on {shifts.Count(pair => pair.Shift <= MostShift)}"));
        foreach (var pose in poses.OrderBy(pose => Math.Abs(pose.Yaw)))
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  pose {pose.Name}: yaw {pose.Yaw:0.0}, pitch {pose.Pitch:0.0}, far side {pose.TurnedShare:0.00} of the near side"));
        return shifts.TrueForAll(pair => pair.Shift <= MostShift);
    }

    // The mirrored mesh numbers the person's other side: outlines are compared, not points: each point with the nearest
    // of the other's outline of the same part.
    private static float Shift(FaceMesh mesh, FaceMesh twin)
    {
        var (a, b) = (mesh.ToLandmarks(), twin.ToLandmarks());
        var mirrored = new FaceLandmarks(b.RightEye, b.LeftEye, b.RightMouth, b.LeftMouth);
        var shifts = new List<float>();
        var outlines = twin.Outlines(MeshParts.NotSkin).ToList();
        foreach (var outline in mesh.Outlines(MeshParts.NotSkin))
        {
            var same = outlines.MinBy(other => Vector2.Distance(Middle(other), Middle(outline)))!;
            shifts.AddRange(outline.Select(point => ToOutline(point, same) / a.EyeDistancePixels));
        }
        return Math.Max(DetectionCheck.Shift(mirrored, a), shifts.Average());
    }

    private static float ToOutline(Vector2 point, Vector2[] outline)
    {
        var nearest = float.MaxValue;
        for (var i = 0; i < outline.Length; i++)
        {
            var (from, to) = (outline[i], outline[(i + 1) % outline.Length]);
            var along = to - from;
            var t = Math.Clamp(Vector2.Dot(point - from, along) / Math.Max(1e-6f, along.LengthSquared()), 0, 1);
            nearest = Math.Min(nearest, Vector2.Distance(point, from + (t * along)));
        }
        return nearest;
    }

    private static Vector2 Middle(Vector2[] points) => points.Aggregate((sum, point) => sum + point) / points.Length;

    // How wide the place of the crow's feet (outer eye corner to the face's edge) is on the far side, in widths of the
    // near one.
    private static float NarrowSide(FaceMesh mesh)
    {
        var (right, left) =
            (Vector2.Distance(mesh.Points[33], mesh.Points[127]), Vector2.Distance(mesh.Points[263], mesh.Points[356]));
        return Math.Min(right, left) / Math.Max(right, left);
    }
}
