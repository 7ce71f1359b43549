using System.Numerics;
using Rhytid.Faces;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Face coordinates on a photo: the origin midway between the eyes, u along the line through the eyes in eye distances,
/// v towards the mouth, which lies at <see cref="MouthV"/> on FFHQ's mean face. A turned head, whose eyes move together
/// in the picture, keeps its height this way.
/// </summary>
internal sealed class FaceFrame
{
    /// <summary>How far below the eyes FFHQ's mean face has its mouth, in eye distances.</summary>
    public static readonly float MouthV = MeanMouthV();

    private readonly Matrix3x2 _toPixel;
    private readonly Matrix3x2 _toFace;

    public FaceFrame(FaceLandmarks landmarks)
    {
        var across = landmarks.RightEye - landmarks.LeftEye;
        var down = (landmarks.MouthCenter - landmarks.EyeCenter) / MouthV;
        _toPixel = new Matrix3x2(across.X, across.Y, down.X, down.Y, landmarks.EyeCenter.X, landmarks.EyeCenter.Y);
        if (!Matrix3x2.Invert(_toPixel, out _toFace))
            throw new ArgumentException("the eyes and the mouth lie on one line; this is no face");
        Scale = MathF.Sqrt(MathF.Abs(_toPixel.GetDeterminant()));
        Right = Vector2.Normalize(across);
    }

    /// <summary>Pixels in an eye distance.</summary>
    public float Scale { get; }

    /// <summary>Direction of the line through the eyes in the picture, of length 1.</summary>
    public Vector2 Right { get; }

    /// <summary>The frame of an aligned square, such as an FFHQ crop, on which nobody marked eyes and mouth.</summary>
    /// <param name="side">In pixels.</param>
    public static FaceFrame OfAligned(int side) => new(FaceLandmarks.FfhqMean.Transform(Matrix3x2.CreateScale(side)));

    public Vector2 ToPixel(Vector2 face) => Vector2.Transform(face, _toPixel);

    public Vector2 ToFace(Vector2 pixel) => Vector2.Transform(pixel, _toFace);

    private static float MeanMouthV()
    {
        var mean = FaceLandmarks.FfhqMean;
        return Vector2.Distance(mean.EyeCenter, mean.MouthCenter) / mean.EyeDistancePixels;
    }
}
