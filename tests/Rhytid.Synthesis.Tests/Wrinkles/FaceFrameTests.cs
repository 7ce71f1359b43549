using System.Numerics;
using Rhytid.Faces;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class FaceFrameTests
{
    // Medians of FFHQ: the mouth is 0.257 below the eyes, which stand 0.244 apart.
    [Fact]
    public void The_mean_mouth_lies_a_little_more_than_an_eye_distance_below() =>
        Assert.Equal(0.257f / 0.244f, FaceFrame.MouthV, 1e-4f);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(25, 0.5f)]
    [InlineData(-60, 3)]
    public void Eyes_and_mouth_have_their_coordinates_on_any_face(float degrees, float scale)
    {
        var landmarks = new FaceLandmarks(new(-40, 0), new(60, 10), new(-20, 90), new(50, 95)).Transform(
            Matrix3x2.CreateRotation(float.DegreesToRadians(degrees)) * Matrix3x2.CreateScale(scale)
                * Matrix3x2.CreateTranslation(200, 300));
        var frame = new FaceFrame(landmarks);

        AssertAt(new(-0.5f, 0), frame.ToFace(landmarks.LeftEye));
        AssertAt(new(0.5f, 0), frame.ToFace(landmarks.RightEye));
        AssertAt(new(0, FaceFrame.MouthV), frame.ToFace(landmarks.MouthCenter));
        AssertAt(new(0.3f, -0.7f), frame.ToFace(frame.ToPixel(new(0.3f, -0.7f))));
        AssertAt(Vector2.Normalize(landmarks.RightEye - landmarks.LeftEye), frame.Right);
    }

    [Fact]
    public void An_aligned_square_has_ffhqs_eye_distance()
    {
        var frame = FaceFrame.OfAligned(1000);

        Assert.Equal(244, frame.Scale, 1e-2f);
        AssertAt(new(378, 478), frame.ToPixel(new(-0.5f, 0)));
    }

    [Fact]
    public void Eyes_and_mouth_on_one_line_are_no_face() =>
        Assert.Throws<ArgumentException>(
            () => new FaceFrame(new FaceLandmarks(new(0, 0), new(10, 0), new(20, 0), new(30, 0))));

    private static void AssertAt(Vector2 expected, Vector2 actual) =>
        Assert.True(Vector2.Distance(expected, actual) < 1e-2f, $"{actual} instead of {expected}");
}
