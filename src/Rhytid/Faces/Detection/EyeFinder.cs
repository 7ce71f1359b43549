using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Imaging.Detection;

namespace Rhytid.Faces.Detection;

/// <summary>
/// Finds the two eyes inside a face box with OpenCV's eye cascades, so that a Haar face can be turned upright. Of all
/// pairs of hits the one nearest to the usual proportions wins; without a plausible pair there is no answer.
/// </summary>
internal sealed class EyeFinder : IDisposable
{
    // The face is searched at one size: the cascades' windows then mean the same on every photo.
    private const int SearchWidth = 300;
    private const float UpperPart = 0.62f;
    private const float LargestTiltDegrees = 30;

    private static readonly Vector2 UsualLeft = new(0.325f, 0.38f);
    private static readonly Vector2 UsualRight = new(0.675f, 0.38f);

    // The first also sees eyes behind glasses; the second finds more of the others.
    private static readonly string[] CascadeNames = ["haarcascade_eye_tree_eyeglasses.xml", "haarcascade_eye.xml"];

    private readonly CascadeClassifier[] _cascades;

    public EyeFinder(string folder)
    {
        _cascades = [.. CascadeNames
            .Select(name => Path.Combine(folder, name)).Where(File.Exists).Select(path => new CascadeClassifier(path))];
    }

    /// <summary>The eyes of a face, in pixels of the photo, or null.</summary>
    /// <param name="gray">The photo.</param>
    /// <param name="box">The face, in the coordinates it was searched in.</param>
    /// <param name="boxToPhoto">From those coordinates to pixels of the photo.</param>
    public (Vector2 Left, Vector2 Right)? Find(Plane<byte> gray, RectangleF box, Matrix3x2 boxToPhoto)
    {
        var scale = SearchWidth / box.Width;
        var toPhoto = Matrix3x2.CreateScale(1 / scale) * Matrix3x2.CreateTranslation(box.X, box.Y) * boxToPhoto;
        var part = Sampled(gray, SearchWidth, (int)(SearchWidth * UpperPart * box.Height / box.Width), toPhoto);
        foreach (var cascade in _cascades)
        {
            var eyes = cascade.Detect(part, scaleFactor: 1.05, minNeighbors: 3, minSize: 36, maxSize: 110)
                .Select(hit => new Vector2(hit.Box.X + (hit.Box.Width / 2f), hit.Box.Y + (hit.Box.Height / 2f)))
                .ToList();
            if (BestPair(eyes) is var (left, right))
                return (Vector2.Transform(left, toPhoto), Vector2.Transform(right, toPhoto));
        }
        return null;
    }

    public void Dispose()
    {
        foreach (var cascade in _cascades)
            cascade.Dispose();
    }

    // A face much larger than the search size is blurred first, or single pixels would be picked out of it.
    private static Plane<byte> Sampled(Plane<byte> gray, int width, int height, Matrix3x2 toPhoto)
    {
        var shrink = MathF.Sqrt(Math.Abs(toPhoto.GetDeterminant()));
        if (shrink > 1.5f)
        {
            var (w, h) = ((int)MathF.Ceiling(gray.Width / shrink), (int)MathF.Ceiling(gray.Height / shrink));
            toPhoto *= Matrix3x2.CreateScale((float)w / gray.Width, (float)h / gray.Height);
            gray = gray.Resize(w, h);
        }
        return gray.Warp(width, height, toPhoto, border: BorderMode.Replicate);
    }

    private static (Vector2 Left, Vector2 Right)? BestPair(List<Vector2> eyes)
    {
        (Vector2, Vector2)? best = null;
        var leastError = 0.16f * SearchWidth;
        foreach (var left in eyes)
        {
            foreach (var right in eyes)
            {
                var across = right - left;
                var distance = across.Length() / SearchWidth;
                if (across.X <= 0 || distance is < 0.24f or > 0.52f)
                    continue;
                if (Math.Abs(float.RadiansToDegrees(MathF.Atan2(across.Y, across.X))) > LargestTiltDegrees)
                    continue;
                // A tilted head moves its eyes around the middle: compare after turning the pair level.
                var middle = (left + right) / 2;
                var usualMiddle = (UsualLeft + UsualRight) / 2 * SearchWidth;
                var usualDistance = UsualRight.X - UsualLeft.X;
                var error = Vector2.Distance(middle, usualMiddle) + (Math.Abs(distance - usualDistance) * SearchWidth);
                if (error < leastError)
                    (leastError, best) = (error, (left, right));
            }
        }
        return best;
    }
}
