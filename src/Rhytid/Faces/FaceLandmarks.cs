using System.Numerics;

namespace Rhytid.Faces;

/// <summary>
/// The points an alignment needs, in pixels (x right, y down; the first pixel's centre is (0.5, 0.5)).
/// "Left" is the left of the picture, not of the person.
/// </summary>
/// <param name="LeftEye">Centre of the eye on the picture's left.</param>
/// <param name="RightEye">Centre of the eye on the picture's right.</param>
/// <param name="LeftMouth">Mouth corner on the picture's left.</param>
/// <param name="RightMouth">Mouth corner on the picture's right.</param>
public sealed record FaceLandmarks(Vector2 LeftEye, Vector2 RightEye, Vector2 LeftMouth, Vector2 RightMouth)
{
    /// <summary>
    /// Where FFHQ's own crops have these points, as shares of the side (medians over 866 labelled faces of
    /// CelebAMask-HQ, whose crops are made alike).
    /// </summary>
    public static FaceLandmarks FfhqMean { get; } = new(
        new(0.378f, 0.478f), new(0.622f, 0.478f), new(0.393f, 0.735f), new(0.607f, 0.735f));

    /// <summary>True where the eyes were not found but placed by the proportions of the face box.</summary>
    public bool EyesEstimated { get; init; }

    /// <summary>True where the mouth was not found but placed by the proportions of the face.</summary>
    public bool MouthEstimated { get; init; }

    /// <summary>The point midway between the eyes.</summary>
    public Vector2 EyeCenter => (LeftEye + RightEye) / 2;

    /// <summary>The point midway between the mouth corners.</summary>
    public Vector2 MouthCenter => (LeftMouth + RightMouth) / 2;

    /// <summary>Distance between the eye centres in pixels.</summary>
    public float EyeDistancePixels => Vector2.Distance(LeftEye, RightEye);

    /// <summary>Head tilt in degrees: how far the line through the eyes falls to the right.</summary>
    public float TiltDegrees => float.RadiansToDegrees(MathF.Atan2(RightEye.Y - LeftEye.Y, RightEye.X - LeftEye.X));

    /// <summary>The same points in other coordinates.</summary>
    public FaceLandmarks Transform(Matrix3x2 matrix) => this with
    {
        LeftEye = Vector2.Transform(LeftEye, matrix),
        RightEye = Vector2.Transform(RightEye, matrix),
        LeftMouth = Vector2.Transform(LeftMouth, matrix),
        RightMouth = Vector2.Transform(RightMouth, matrix),
    };
}
