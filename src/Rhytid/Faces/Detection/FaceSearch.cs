using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Faces.Detection;

/// <summary>
/// How a network that finds faces and their points is shown a photo: as a whole, then each candidate upright and near.
/// Where none is certain, with a margin (for faces that fill the photo), turned in steps of 30 degrees, and in parts
/// (for small faces).
/// </summary>
/// <param name="look">The network: candidates of a square picture of <see cref="InputSide"/> pixels, with at least the
/// given score.</param>
internal sealed class FaceSearch(Func<Image, float, IEnumerable<DetectedFace>> look)
{
    /// <summary>Side in pixels of what the network is shown.</summary>
    public const int InputSide = 320;

    /// <summary>Steps by which a photo is turned, in degrees.</summary>
    public const int TurnStepDegrees = 30;

    // Scores of YuNet 2026may, measured on photos of faces, the same upside down, and pictures without a face: see
    // docs/reference/faces.md.
    private const float CandidateScore = 0.35f;
    private const float CertainScore = 0.92f;
    private const float CertainBelief = 0.905f;

    // Beside a better face only what is nearly as good is one: not the pattern in its hair.
    private const float MostBelow = 0.12f;
    private const float LeastWrapped = 0.35f;
    private const float WrappedBelow = 0.05f;

    // A certain face of this many shares of the photo's long side is the subject: nothing larger is looked for.
    private const float LargeFace = 0.15f;

    // Eyes nearer to each other, in pixels of the photo, belong to nobody whose wrinkles could be seen.
    private const float LeastEyeDistance = 6;

    // Degrees by which a view may have been askew for its points to be taken.
    private const float MostTiltLeft = 5;
    private const float TiltPenalty = 0.005f;

    private const int MostCandidates = 24;

    // On a turned photo: places that are looked at closely, and turns of each.
    private const int MostPlaces = 5;
    private const int MostTurns = 5;
    private const float MaxOverlap = 0.3f;
    private const float MaxInside = 0.6f;

    // The side of a near view in sizes of the face, where its points are taken; and of the views whose scores are
    // averaged.
    private const float NearView = 2.2f;
    private static readonly float[] BeliefViews = [1.7f, 2.2f, 3f];

    /// <summary>Least mean score over several upright views of what is called a face.</summary>
    public float MinBelief { get; init; } = 0.78f;

    /// <summary>Least such score where the photo had to be turned.</summary>
    public float MinTurnedBelief { get; init; } = 0.8f;

    /// <summary>The faces of a photo, the largest first.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="most">How many are wanted.</param>
    public IReadOnlyList<DetectedFace> Find(Image photo, int most)
    {
        var pyramid = new PhotoPyramid(photo);
        var whole = PhotoView.Whole(photo.Width, photo.Height);
        var upright = Believed(pyramid, Look(pyramid, whole), most);
        if (!HasLargeCertain(upright, whole))
            upright =
                Merged([
                    .. upright,
                    .. Believed(pyramid, Look(pyramid, whole with { SidePixels = 2 * whole.SidePixels }), most)
                ]);
        if (most > 1 || upright.Count == 0)
            upright =
                Merged([.. upright, .. Believed(pyramid, Parts(whole).SelectMany(part => Look(pyramid, part)), most)]);
        if (!upright.Exists(IsCertain))
            upright =
                Merged([
                    .. upright,
                    .. Turned(pyramid).Select(
                        face => upright.Exists(known => IsTilted(face, known)) ? face with { TurnedDegrees = 0 } : face)
                ]);
        return Accepted(upright, most);
    }

    // On its side a face is seen, but its tilt is often misjudged: there only a view that shows it upright makes it
    // certain.
    private static bool IsCertain(DetectedFace face) =>
        face.Score
            >= (Math.Abs(UprightDegrees(face.Landmarks)) < 1.5f * TurnStepDegrees ? CertainBelief : CertainScore);

    // A tilted head that was found on the photo as it is needs no turning.
    private bool IsTilted(DetectedFace turned, DetectedFace known) =>
        known.Score >= MinBelief
            && Overlap(turned.Box, known.Box) > MaxOverlap
            && Math.Abs(UprightDegrees(turned.Landmarks)) < 1.5f * TurnStepDegrees;

    private static bool HasLargeCertain(List<DetectedFace> faces, PhotoView whole) =>
        faces.Exists(face => face.Score >= CertainBelief && Size(face) > LargeFace * whole.SidePixels);

    // Squares of half the photo's side, each half over the next.
    private static IEnumerable<PhotoView> Parts(PhotoView whole)
    {
        for (var row = -1; row <= 1; row++)
            for (var column = -1; column <= 1; column++)
                yield return new PhotoView(
                    whole.Center + (new Vector2(column, row) * whole.SidePixels / 4), whole.SidePixels / 2);
    }

    // Of the turns in which a face is seen the best two count: a head upside down looks like an upright one that is a
    // little odd.
    private List<DetectedFace> Turned(PhotoPyramid pyramid)
    {
        var candidates = new List<DetectedFace>();
        for (var turn = 0; turn < 360; turn += TurnStepDegrees)
            candidates.AddRange(Look(pyramid, PhotoView.Whole(pyramid.Width, pyramid.Height, turn)));
        var places = new List<List<DetectedFace>>();
        foreach (var candidate in candidates.OrderByDescending(face => face.Score))
        {
            if (places.Find(place => Distance(place[0], candidate) < Size(place[0]) / 2) is { } known)
                known.Add(candidate);
            else
                places.Add([candidate]);
        }
        var faces = new List<DetectedFace>();
        foreach (var place in places.Take(MostPlaces))
        {
            var nearer =
                place
                    .Take(MostTurns)
                    .Select(face => Near(pyramid, face, NearView))
                    .OfType<DetectedFace>()
                    .OrderByDescending(face => face.Score)
                    .ToList();
            var first = nearer.FirstOrDefault();
            var other = nearer.Find(face => TurnBetween(face, first!) > 2 * TurnStepDegrees);
            faces.AddRange(
                new[] { first, other }.OfType<DetectedFace>()
                    .Select(face => Approach(pyramid, face, looks: 4))
                    .OfType<DetectedFace>());
        }
        return [.. faces.Select(face => face with { TurnedDegrees = NearestTurn(face) })];
    }

    private List<DetectedFace> Believed(PhotoPyramid pyramid, IEnumerable<DetectedFace> candidates, int most)
    {
        var faces = new List<DetectedFace>();
        foreach (var candidate in Merged([.. candidates]).OrderByDescending(Size).Take(MostCandidates))
        {
            // Smaller ones cannot be wanted any more.
            if (faces.Count(face => face.Score >= CertainBelief) >= most)
                break;
            if (Approach(pyramid, candidate, looks: 3) is { } face)
                faces.Add(face);
        }
        return Merged(faces);
    }

    // Looks at a candidate upright and near until it is certain; else the score becomes the mean over several
    // distances.
    private DetectedFace? Approach(PhotoPyramid pyramid, DetectedFace candidate, int looks)
    {
        var (face, degrees) = (candidate, UprightDegrees(candidate.Landmarks));
        var (best, bestValue) = ((DetectedFace?)null, float.MinValue);
        for (var i = 0; i < looks; i++)
        {
            if (Near(pyramid, face, NearView, degrees) is not { } nearer)
                break;
            var tiltLeft = MathF.IEEERemainder(UprightDegrees(nearer.Landmarks) - degrees, 360);
            if (Math.Abs(tiltLeft) < MostTiltLeft && nearer.Score >= CertainScore)
                return nearer;
            // Points of a face that was shown askew are drawn to where an upright face has them: tilts come out too
            // small.
            var value = (nearer.Score ?? 0) - (TiltPenalty * Math.Abs(tiltLeft));
            if (value > bestValue)
                (best, bestValue) = (nearer, value);
            (face, degrees) = (nearer, degrees + (Math.Abs(tiltLeft) > 2 * MostTiltLeft ? 1.5f * tiltLeft : tiltLeft));
        }
        if (best is null)
            return null;
        face = best;
        var views = Array.ConvertAll(BeliefViews, view => Near(pyramid, face, view));
        var seen = views.OfType<DetectedFace>().ToList();
        return seen.Count == 0
            ? null
            : face with { Landmarks = Mean(seen), Score = seen.Sum(view => view.Score) / BeliefViews.Length };
    }

    private DetectedFace? Near(PhotoPyramid pyramid, DetectedFace face, float sizes, float? turnDegrees = null)
    {
        var view = new PhotoView(Center(face), sizes * Size(face), turnDegrees ?? UprightDegrees(face.Landmarks));
        return Look(pyramid, view).Where(near => Distance(near, face) < 0.4f * Size(face)).MaxBy(near => near.Score);
    }

    private List<DetectedFace> Look(PhotoPyramid pyramid, PhotoView view)
    {
        var toPhoto = view.ToPhoto(InputSide);
        var scale = view.SidePixels / InputSide;
        return [.. look(pyramid.Cut(view, InputSide), CandidateScore).Select(OnPhoto)];

        DetectedFace OnPhoto(DetectedFace face)
        {
            var center = Vector2.Transform(Center(face), toPhoto);
            var size = new SizeF(face.Box.Width * scale, face.Box.Height * scale);
            return new DetectedFace(
                new RectangleF(new PointF(center.X - (size.Width / 2), center.Y - (size.Height / 2)), size),
                face.Landmarks.Transform(toPhoto), face.Score);
        }
    }

    private IReadOnlyList<DetectedFace> Accepted(List<DetectedFace> faces, int most)
    {
        var believed =
            faces.FindAll(
                face => face.Landmarks.EyeDistancePixels >= LeastEyeDistance
                    && face.Score >= (face.TurnedDegrees == 0 ? MinBelief : MinTurnedBelief));
        believed =
            believed.FindAll(
                face => !believed.Exists(
                    other => IsInside(other, face) ? IsWrapped(other, face) : face.Score < other.Score - MostBelow));
        return [.. believed.Where(face => !believed.Exists(other => IsInside(face, other)))
            .OrderByDescending(face => face.Area)
            .Take(most)];
    }

    // A pattern in the hair or the eye of a face is no face beside it.
    private static bool IsInside(DetectedFace face, DetectedFace other) =>
        other.Area > face.Area && Shared(face.Box, other.Box) > MaxInside * face.Area;

    // Hair, ears and collar around a face make a larger one, less certain.
    private static bool IsWrapped(DetectedFace inner, DetectedFace outer) =>
        Size(inner) > LeastWrapped * Size(outer) && inner.Score > outer.Score + WrappedBelow;

    // Greedy non-maximum suppression: of faces that overlap the best score stays.
    private static List<DetectedFace> Merged(List<DetectedFace> faces)
    {
        var kept = new List<DetectedFace>();
        foreach (var face in faces.OrderByDescending(face => face.Score))
            if (kept.TrueForAll(other => Overlap(face.Box, other.Box) <= MaxOverlap))
                kept.Add(face);
        return kept;
    }

    private static FaceLandmarks Mean(List<DetectedFace> views)
    {
        return new FaceLandmarks(
            Of(points => points.LeftEye), Of(points => points.RightEye), Of(points => points.LeftMouth),
            Of(points => points.RightMouth));

        Vector2 Of(Func<FaceLandmarks, Vector2> point) =>
            views.Aggregate(Vector2.Zero, (sum, view) => sum + point(view.Landmarks)) / views.Count;
    }

    // The head's tilt by eyes and mouth together: on turned heads the line through the eyes alone is short.
    private static float UprightDegrees(FaceLandmarks landmarks)
    {
        var down = landmarks.MouthCenter - landmarks.EyeCenter;
        var across = landmarks.RightEye - landmarks.LeftEye + new Vector2(down.Y, -down.X);
        return float.RadiansToDegrees(MathF.Atan2(across.Y, across.X));
    }

    private static float TurnBetween(DetectedFace a, DetectedFace b) =>
        Math.Abs(MathF.IEEERemainder(UprightDegrees(a.Landmarks) - UprightDegrees(b.Landmarks), 360));

    // Clockwise, 0 to 330.
    private static int NearestTurn(DetectedFace face) =>
        (((int)MathF.Round(-UprightDegrees(face.Landmarks) / TurnStepDegrees) * TurnStepDegrees) + 360) % 360;

    private static Vector2 Center(DetectedFace face) =>
        new(face.Box.X + (face.Box.Width / 2), face.Box.Y + (face.Box.Height / 2));

    private static float Size(DetectedFace face) => MathF.Sqrt(face.Area);

    private static float Distance(DetectedFace a, DetectedFace b) => Vector2.Distance(Center(a), Center(b));

    private static float Shared(RectangleF a, RectangleF b)
    {
        var common = RectangleF.Intersect(a, b);
        return common.Width * common.Height;
    }

    private static float Overlap(RectangleF a, RectangleF b)
    {
        var shared = Shared(a, b);
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }
}
