using System.Drawing;
using System.Numerics;
using Rhytid.Faces.Detection;

namespace Rhytid.Tests.Faces.Detection;

public sealed class FaceProportionsTests
{
    [Fact]
    public void Proportions_place_eyes_and_mouth_where_the_specification_expects_them()
    {
        var landmarks = FaceProportions.FromBox(new(100, 200, 200, 200));

        Assert.True(landmarks.EyesEstimated && landmarks.MouthEstimated);
        // Proportions of a frontal face: eyes near 0.30 and 0.70 of the width and 0.38 of the height, mouth near 0.78
        // of the height.
        Assert.InRange(landmarks.LeftEye.X, 155, 170);
        Assert.InRange(landmarks.RightEye.X, 230, 245);
        Assert.InRange(landmarks.EyeCenter.Y, 270, 282);
        Assert.InRange(landmarks.MouthCenter.Y, 345, 366);
    }

    [Fact]
    public void The_mouth_lies_straight_below_the_eyes_by_their_distance()
    {
        var landmarks = FaceProportions.FromEyes(new(100, 50), new(200, 50));

        Assert.Equal(150, landmarks.MouthCenter.X, 1e-3f);
        Assert.Equal(50 + 103.4f, landmarks.MouthCenter.Y, 1e-3f);
        Assert.Equal(2 * 44.6f, landmarks.RightMouth.X - landmarks.LeftMouth.X, 1e-3f);
        Assert.True(landmarks.MouthEstimated && !landmarks.EyesEstimated);
    }

    [Theory]
    [InlineData(35)]
    [InlineData(-120)]
    public void A_tilted_pair_of_eyes_has_its_mouth_tilted(float degrees)
    {
        var turn = Matrix3x2.CreateRotation(float.DegreesToRadians(degrees));
        var level = FaceProportions.FromEyes(new(-50, 0), new(50, 0)).Transform(turn);
        var tilted = FaceProportions.FromEyes(
            Vector2.Transform(new(-50, 0), turn), Vector2.Transform(new(50, 0), turn));

        Assert.True(Vector2.Distance(level.LeftMouth, tilted.LeftMouth) < 1e-3f);
        Assert.True(Vector2.Distance(level.RightMouth, tilted.RightMouth) < 1e-3f);
    }

    // 82.5 wide: a square of 100 around the same middle, with its eyes at 0.403 of the height.
    [Fact]
    public void A_tight_box_gets_the_square_with_the_same_eyes()
    {
        var square = FaceProportions.HaarBoxOf(new RectangleF(10, 20, 82.5f, 110));

        Assert.Equal((100, 100), (MathF.Round(square.Width, 3), MathF.Round(square.Height, 3)));
        Assert.Equal(10 + 41.25f, square.X + 50, 1e-3f);
        Assert.Equal(20 + (0.403f * 110), FaceProportions.FromBox(square).EyeCenter.Y, 1e-3f);
    }
}
