using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Finds the mouth as the hole that the lips leave in a skin mask. Detectors without mouth landmarks only guess it from
/// the face's proportions, and folds end at the real one.
/// </summary>
internal static class MouthOnSkin
{
    // Where lips may lie and how large they may be, in face coordinates.
    private const float Side = 0.62f,
        Top = 0.72f,
        Bottom = 1.5f,
        LeastWidth = 0.38f,
        MostWidth = 1.05f,
        MostHeight = 0.55f,
        MostAside = 0.3f;

    /// <summary>
    /// The landmarks with the mouth that the skin mask shows; the same ones where it shows none or they were found
    /// already.
    /// </summary>
    public static FaceLandmarks Refine(FaceLandmarks landmarks, Mask skin)
    {
        if (!landmarks.MouthEstimated)
            return landmarks;
        var frame = new FaceFrame(landmarks);
        const int Columns = 62, Rows = 39;
        var hole = new Mask(Columns, Rows);
        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Columns; x++)
            {
                var pixel = frame.ToPixel(Place(x, y));
                hole[x, y] = pixel.X >= 0
                    && pixel.Y >= 0
                    && pixel.X < skin.Width
                    && pixel.Y < skin.Height
                    && !skin[(int)pixel.X, (int)pixel.Y];
            }
        }
        // The mouth is a hole: it touches no edge of the place where it may lie.
        var holes = hole.Components().Components.Where(part =>
            part.Bounds.Left > 0 && part.Bounds.Top > 0 && part.Bounds.Right < Columns && part.Bounds.Bottom < Rows)
                .ToList();
        if (holes.Count == 0)
            return landmarks;
        var bounds = holes.MaxBy(part => part.Area).Bounds;
        var (from, to) = (Place(bounds.Left, bounds.Top), Place(bounds.Right - 1, bounds.Bottom - 1));
        var (size, middle) = (to - from, (from + to) / 2);
        if (size.X is < LeastWidth or > MostWidth || size.Y > MostHeight || MathF.Abs(middle.X) > MostAside)
            return landmarks;
        return landmarks with
        {
            LeftMouth = frame.ToPixel(new(from.X, middle.Y)),
            RightMouth = frame.ToPixel(new(to.X, middle.Y))
        };

        static Vector2 Place(int x, int y) =>
            new(Curves.Mix(-Side, Side, (x + 0.5f) / Columns), Curves.Mix(Top, Bottom, (y + 0.5f) / Rows));
    }
}
