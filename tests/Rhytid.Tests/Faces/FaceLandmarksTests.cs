using System.Numerics;
using Rhytid.Faces;

namespace Rhytid.Tests.Faces;

public sealed class FaceLandmarksTests
{
    // A 3-4-5 triangle: the eyes fall 3 in 4.
    private static readonly FaceLandmarks Tilted = new(new(10, 20), new(50, 50), new(0, 60), new(20, 80));

    [Fact]
    public void Middles_distance_and_tilt_are_those_of_the_points()
    {
        Assert.Equal(new Vector2(30, 35), Tilted.EyeCenter);
        Assert.Equal(new Vector2(10, 70), Tilted.MouthCenter);
        Assert.Equal(50, Tilted.EyeDistancePixels);
        Assert.Equal(36.8699f, Tilted.TiltDegrees, 1e-3f);
        Assert.Equal(0, FaceLandmarks.FfhqMean.TiltDegrees);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-50)]
    public void A_turn_adds_to_the_tilt_and_an_enlargement_to_the_distance(float degrees)
    {
        var moved = (Tilted with { MouthEstimated = true }).Transform(
            Matrix3x2.CreateRotation(float.DegreesToRadians(degrees)) * Matrix3x2.CreateScale(3)
                * Matrix3x2.CreateTranslation(7, -9));

        Assert.Equal(36.8699f + degrees, moved.TiltDegrees, 1e-2f);
        Assert.Equal(150, moved.EyeDistancePixels, 1e-3f);
        Assert.True(moved.MouthEstimated && !moved.EyesEstimated);
    }
}
