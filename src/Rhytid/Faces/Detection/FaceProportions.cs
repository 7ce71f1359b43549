using System.Drawing;
using System.Numerics;

namespace Rhytid.Faces.Detection;

/// <summary>Where eyes and mouth lie when only a box, or only the eyes, are known.</summary>
/// <remarks>Inferred: medians over 128 portraits, with YuNet's landmarks as the truth.</remarks>
internal static class FaceProportions
{
    // In shares of a frontal Haar box.
    private const float EyeX = 0.3125f;
    private const float EyeY = 0.379f;

    // In units of the distance between the eyes.
    private const float MouthBelowEyes = 1.034f;
    private const float MouthHalfWidth = 0.446f;

    /// <summary>The Haar-like square around a tight box (forehead to chin), as SSD-style detectors draw it.</summary>
    public static RectangleF HaarBoxOf(RectangleF tight)
    {
        var side = tight.Width / 0.825f;
        var eyeY = tight.Y + (0.403f * tight.Height);
        return new RectangleF(tight.X + ((tight.Width - side) / 2), eyeY - (EyeY * side), side, side);
    }

    /// <summary>Eyes and mouth from a box in the proportions of the frontal Haar cascade.</summary>
    public static FaceLandmarks FromBox(RectangleF box)
    {
        var left = new Vector2(box.X + (EyeX * box.Width), box.Y + (EyeY * box.Height));
        var right = new Vector2(box.X + ((1 - EyeX) * box.Width), left.Y);
        return FromEyes(left, right) with { EyesEstimated = true };
    }

    /// <summary>Mouth corners from the eyes: straight below, at the mean distance.</summary>
    public static FaceLandmarks FromEyes(Vector2 left, Vector2 right)
    {
        var across = right - left;
        var down = new Vector2(-across.Y, across.X);
        var mouth = ((left + right) / 2) + (MouthBelowEyes * down);
        return new FaceLandmarks(left, right, mouth - (MouthHalfWidth * across), mouth + (MouthHalfWidth * across))
        {
            MouthEstimated = true
        };
    }
}
